import type { Command } from 'commander';
import { jsonOption } from './settingOptions';

/** What `labelless classes CHANGE` wants, with classes as the user names them: by name or id. */
export type WantedChange =
  | { readonly kind: 'rename'; readonly of: string; readonly name: string }
  | { readonly kind: 'recolour'; readonly of: string; readonly colour: string }
  | { readonly kind: 'background'; readonly of: string }
  | { readonly kind: 'merge'; readonly of: string; readonly into: string }
  | { readonly kind: 'remove'; readonly of: string }
  | { readonly kind: 'takeBack'; readonly exceptChanged: boolean };

/** A change of a class as a command below `classes`. */
interface ClassChangeCommand {
  readonly name: string;
  readonly describe: (command: Command) => void;
  /** @param operands those after the folder, as many as described */
  readonly wanted: (operands: readonly string[], options: { exceptChanged?: true }) => WantedChange;
}

/** Describes a change of one class: its summary, and its operands after folder and class, each with a description. */
const aboutClass =
  (summary: string, ...operands: (readonly [name: string, description: string])[]) =>
  (command: Command) => {
    describeFolder(command, summary).argument('<CLASS>', 'the class, by its name or its id');
    for (const [name, description] of operands) command.argument(name, description);
  };

function describeFolder(command: Command, summary: string): Command {
  return command
    .summary(summary)
    .description(
      `${summary.charAt(0).toUpperCase()}${summary.slice(1)}. All masks that have their classes from the class file ` +
        'change, or none; their status stays. The last change can be taken back.',
    )
    .argument('<FOLDER>', 'the folder of the class file')
    .option('-o, --output <DIR>', 'the folder of the masks, where they are not beside the images')
    .option('-n, --dry-run', 'only tell which masks would change')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when nothing is changed, or not all is taken back, and why; 2 for a wrong call.\n',
    );
}

export const classChangeCommands: readonly ClassChangeCommand[] = [
  {
    name: 'rename',
    describe: aboutClass('give a class another name', ['<NAME>', 'its new name']),
    wanted: ([of = '', name = '']) => ({ kind: 'rename', of, name }),
  },
  {
    name: 'recolour',
    describe: aboutClass('give a class another colour', ['<COLOUR>', 'its new colour, as #rrggbb']),
    wanted: ([of = '', colour = '']) => ({ kind: 'recolour', of, colour }),
  },
  {
    name: 'background',
    describe: aboutClass('make a class the background, to which pixels of no label belong'),
    wanted: ([of = '']) => ({ kind: 'background', of }),
  },
  {
    name: 'merge',
    describe: aboutClass('make the labels of a class labels of another, and remove it', ['<INTO>', 'the other class']),
    wanted: ([of = '', into = '']) => ({ kind: 'merge', of, into }),
  },
  {
    name: 'remove',
    describe: aboutClass('remove a class; its labels have none then'),
    wanted: ([of = '']) => ({ kind: 'remove', of }),
  },
  {
    name: 'undo',
    describe: command =>
      describeFolder(command, 'take back the last change of a class, or do it again').option(
        '--except-changed',
        'leave masks as they are whose labels were changed since',
      ),
    wanted: (_, { exceptChanged = false }) => ({ kind: 'takeBack', exceptChanged }),
  },
];
