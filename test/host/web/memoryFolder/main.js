// The folder memfs:/workspace: files in memory, behind the interface that extensions for GitHub, SFTP and the like have.
const vscode = require("vscode");

const { Directory, File } = vscode.FileType;
const { Created, Changed, Deleted } = vscode.FileChangeType;
const { FileNotFound, FileExists, FileNotADirectory, FileIsADirectory } = vscode.FileSystemError;

class MemoryFolder {
  constructor() {
    this.emitter = new vscode.EventEmitter();
    this.onDidChangeFile = this.emitter.event;
    /** By path; a folder has no bytes. */
    this.entries = new Map();
    this.add("/", undefined);
    this.add("/workspace", undefined);
    this.add("/workspace/README.md", new TextEncoder().encode("A folder in memory.\n"));
  }

  add(path, bytes) {
    const now = Date.now();
    this.entries.set(path, { bytes, ctime: this.entries.get(path)?.ctime ?? now, mtime: now });
  }

  get(uri) {
    const entry = this.entries.get(uri.path);
    if (!entry) throw FileNotFound(uri);
    return entry;
  }

  fire(type, uri) {
    this.emitter.fire([{ type, uri }]);
  }

  watch() {
    return new vscode.Disposable(() => {});
  }

  stat(uri) {
    const { bytes, ctime, mtime } = this.get(uri);
    return { type: bytes ? File : Directory, ctime, mtime, size: bytes?.length ?? 0 };
  }

  readDirectory(uri) {
    if (this.get(uri).bytes) throw FileNotADirectory(uri);
    const start = uri.path === "/" ? "/" : `${uri.path}/`;
    return [...this.entries]
      .filter(([path]) => path.startsWith(start) && path !== start && !path.slice(start.length).includes("/"))
      .map(([path, { bytes }]) => [path.slice(start.length), bytes ? File : Directory]);
  }

  createDirectory(uri) {
    if (this.entries.has(uri.path)) throw FileExists(uri);
    this.add(uri.path, undefined);
    this.fire(Created, uri);
  }

  readFile(uri) {
    const { bytes } = this.get(uri);
    if (!bytes) throw FileIsADirectory(uri);
    return bytes;
  }

  writeFile(uri, bytes) {
    this.get(vscode.Uri.joinPath(uri, ".."));
    const type = this.entries.has(uri.path) ? Changed : Created;
    this.add(uri.path, bytes);
    this.fire(type, uri);
  }

  delete(uri) {
    this.get(uri);
    for (const path of [...this.entries.keys()])
      if (path === uri.path || path.startsWith(`${uri.path}/`)) this.entries.delete(path);
    this.fire(Deleted, uri);
  }

  rename(from, to) {
    this.get(from);
    for (const [path, { bytes }] of [...this.entries])
      if (path === from.path || path.startsWith(`${from.path}/`)) {
        this.entries.delete(path);
        this.add(to.path + path.slice(from.path.length), bytes);
      }
    this.fire(Deleted, from);
    this.fire(Created, to);
  }
}

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memfs", new MemoryFolder(), { isCaseSensitive: true }),
  );
};
