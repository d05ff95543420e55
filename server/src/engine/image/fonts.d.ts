/** A font: its path beside the bundle that imports it. */
declare module '*.ttf' {
  const file: string;
  export default file;
}
