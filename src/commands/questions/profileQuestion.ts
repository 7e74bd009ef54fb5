import * as vscode from "vscode";
import type { AccountConnection } from "../accountConnection";
import { profileItems } from "../askForProfile";
import type { Question } from "./askInTurn";
import type { Draft } from "./draft";
import { pickRow } from "./pickRow";

/** Asked only when there is a choice: several profiles, and none is the machine's setting. */
export function profileQuestion(
  draft: Draft,
  account: AccountConnection,
  profiles: Promise<Draft["profiles"]>,
): Question {
  return {
    async applies() {
      // Before the vendor is picked nobody waits for the files of the profiles to be read.
      if (!draft.definition) return false;
      draft.profiles = await profiles;
      const chosen = account.profile() ?? account.identity()?.profile;
      const names = draft.profiles.map(({ name }) => name);
      if (chosen !== undefined && names.includes(chosen)) draft.profile = chosen;
      else if (names.length <= 1) [draft.profile] = names;
      else return true;
      return false;
    },
    async ask(position) {
      const rows = [
        ...profileItems(draft.profiles, draft.profile).map((row) => ({ ...row, profile: row.label })),
        { label: "", kind: vscode.QuickPickItemKind.Separator, profile: undefined },
        {
          label: "Continue without AWS",
          detail: "Write the documents only; the bucket’s region and key are then not known.",
          iconPath: new vscode.ThemeIcon("debug-disconnect"),
          profile: undefined,
        },
      ];
      const active = rows.find(({ profile }) => profile !== undefined && profile === draft.profile);
      const picked = await pickRow(position, "Which AWS profile reaches the bucket?", rows, active);
      if (picked === undefined) return "cancelled";
      if (picked === "back") return "back";
      if (picked.profile !== draft.profile) Object.assign(draft, { session: undefined, connectingFailed: false });
      draft.profile = picked.profile;
      return "answered";
    },
  };
}
