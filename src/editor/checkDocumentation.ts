import * as vscode from "vscode";

/**
 * Where the extension's own `docs/checks.md` explains a check. VS Code opens a file at a line (`#L12`) and not at a
 * heading, so the headings' lines are read once; before that, or for an unknown check, the heading itself is named.
 */
export class CheckDocumentation {
  private readonly page: vscode.Uri;
  private lines: ReadonlyMap<string, number> = new Map();
  readonly ready: Promise<void>;

  constructor(extensionUri: vscode.Uri) {
    this.page = vscode.Uri.joinPath(extensionUri, "docs", "checks.md");
    this.ready = this.readHeadings();
  }

  uri(check: string): vscode.Uri {
    const line = this.lines.get(check);
    return this.page.with({ fragment: line === undefined ? check : `L${line}` });
  }

  private async readHeadings(): Promise<void> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.page));
      const lines = new Map<string, number>();
      text.split("\n").forEach((line, index) => {
        const heading = /^#{2,3} `?([a-z][a-z-]*)`?\s*$/.exec(line);
        if (heading?.[1]) lines.set(heading[1], index + 1);
      });
      this.lines = lines;
    } catch {
      // The page is part of the package; without it the link names the heading and every check still works.
    }
  }
}
