import * as vscode from "vscode";
import { profileItems } from "../askForProfile";
import type { Question } from "./askInTurn";
import { bucketParameter, type Draft } from "./draft";
import { pickRow } from "./pickRow";

interface Chosen {
  /** Of the machine's setting. */
  profile(): string | undefined;
  /** Of what is connected to. */
  identity(): { readonly profile: string } | undefined;
}

/** Asked only when there is a bucket to look at and a choice: several profiles, and none is the machine's setting. */
export function profileQuestion(draft: Draft, account: Chosen, profiles: Promise<Draft["profiles"]>): Question {
  let wasAsked = false;
  return {
    async applies() {
      // Before the vendor is picked nobody waits for the files of the profiles to be read.
      if (!bucketParameter(draft)) return false;
      draft.profiles = await profiles;
      // The way back leads here also when the answer is connected to by now: it can be the wrong one.
      if (wasAsked) return true;
      const chosen = account.profile() ?? account.identity()?.profile;
      const names = draft.profiles.map(({ name }) => name);
      if (chosen !== undefined && names.includes(chosen)) draft.profile = chosen;
      else if (names.length <= 1) [draft.profile] = names;
      else return true;
      return false;
    },
    async ask(position) {
      wasAsked = true;
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
