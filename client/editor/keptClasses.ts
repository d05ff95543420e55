import { classFileName } from '../../mask/classes/classFileName';
import type { ClassList } from '../../mask/classes/classList';
import type { ClassFile } from '../../mask/files/classFile';
import type { ClassesMessage } from '../../protocol/editorPage';

/** The class file that holds for an image, with the classes of its last good state while it cannot be read. */
export class KeptClasses {
  private current: ClassFile | undefined;
  private good: ClassList | undefined;

  get file(): ClassFile | undefined {
    return this.current;
  }

  /** The classes that labels can be given; undefined where there is no class file. */
  get list(): ClassList | undefined {
    return this.good;
  }

  set(file: ClassFile | undefined): void {
    this.current = file;
    if (!file) this.good = undefined;
    else if ('list' in file) this.good = file.list;
  }

  /** The message that tells a page. */
  message(): ClassesMessage {
    const { current, good } = this;
    const problem = current && 'problem' in current ? { problem: current.problem } : {};
    return {
      type: 'classes',
      classes: good?.classes ?? null,
      file: current ? { name: classFileName, ...problem } : null,
    };
  }
}
