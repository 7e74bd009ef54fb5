import * as vscode from "vscode";
import type { AccountSession, Identity, Profile, UnfinishedRun } from "../account/account";
import type { BucketFacts } from "../checks/finding";
import { isUserError, UserError } from "../policy/userError";
import { loadAccount } from "./loadAccount";

/** Makes room for a question, and comes back after it. */
export type AroundQuestion = <Answer>(ask: () => Promise<Answer>) => Promise<Answer>;

/** The one connection of this window to an AWS account, made when a command first needs it. */
export class AccountConnection implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly learned = new vscode.EventEmitter<void>();
  /** Another profile or another account. */
  readonly onDidChange = this.changed.event;
  /** A look at the account told something new about a bucket. */
  readonly onDidLearnBuckets = this.learned.event;
  private session: AccountSession | undefined;
  private facts: readonly BucketFacts[] = [];
  private asked: string | undefined;
  private expired: string | undefined;
  private quiet = 0;
  private readonly configuration: vscode.Disposable;

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.configuration = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("vendorAccess.profile") && this.session?.identity.profile !== this.profile())
        this.forget();
    });
  }

  /** The chosen profile. The setting is the machine's: no repository can choose for the person. */
  profile(): string | undefined {
    return vscode.workspace.getConfiguration("vendorAccess").get<string>("profile") || undefined;
  }

  identity(): Identity | undefined {
    return this.session?.identity;
  }

  /** The session that is there, without asking for one. */
  current(): AccountSession | undefined {
    return this.session;
  }

  /** The profile whose sign-in has expired, until somebody has connected. */
  signedOut(): string | undefined {
    return this.expired;
  }

  buckets(): readonly BucketFacts[] {
    return this.facts;
  }

  async listProfiles(): Promise<readonly Profile[]> {
    return (await loadAccount()).listProfiles();
  }

  /** The accounts that the connection and the profiles of this machine name, and how they are known: nothing is called. */
  async knownAccounts(): Promise<ReadonlyMap<string, readonly string[]>> {
    const accounts = new Map<string, string[]>();
    const add = (account: string, known: string) => accounts.set(account, [...(accounts.get(account) ?? []), known]);
    if (this.session) add(this.session.identity.account, "connected");
    // Where there are no profiles, as in a browser, nothing more is known.
    const profiles = await this.listProfiles().catch(() => []);
    for (const { name, account } of profiles) if (account !== undefined) add(account, `profile ${name}`);
    return accounts;
  }

  /** What an apply, a removal or a roll back of an integration has left unfinished on this machine. No network. */
  async unfinishedRuns(integrationId: string): Promise<readonly UnfinishedRun[]> {
    return (await loadAccount()).unfinishedRuns(integrationId);
  }

  /** Remembers a profile for this and all later windows of this machine. */
  async remember(profile: string): Promise<void> {
    await vscode.workspace
      .getConfiguration("vendorAccess")
      .update("profile", profile, vscode.ConfigurationTarget.Global);
  }

  /**
   * The session of a profile; the one that is there when it is that profile's.
   *
   * @param around what is to happen around a question for an MFA code: VS Code shows one question at a time
   * Errors: as `AccountRoom.connect`, and `cancelled` when the person closes the box for the MFA code.
   */
  async connect(
    profile: string,
    signal?: AbortSignal,
    around: AroundQuestion = (ask) => ask(),
  ): Promise<AccountSession> {
    if (this.session?.identity.profile === profile) return this.session;
    this.asked = profile;
    this.forget();
    const account = await loadAccount();
    const session = await account.connect({
      profile,
      mfaCode: (serialNumber, problem) => {
        if (this.quiet === 0) return around(() => askForMfaCode(profile, serialNumber, problem));
        throw new UserError("credentials-missing", `The profile ${profile} asks for a code of your MFA device.`);
      },
      ...(signal && { signal }),
    });
    const { identity } = session;
    this.log.info(`Connected to account ${identity.account} as ${identity.arn} with profile ${identity.profile}.`);
    this.session = session;
    this.expired = undefined;
    this.changed.fire();
    return session;
  }

  /** Work that nobody asked for: meanwhile nobody is asked for an MFA code. */
  async quietly<Result>(work: () => Promise<Result>): Promise<Result> {
    this.quiet += 1;
    try {
      return await work();
    } finally {
      this.quiet -= 1;
    }
  }

  /** Looks at a bucket and remembers what it told, for the checks. */
  async inspectBucket(session: AccountSession, name: string, signal?: AbortSignal): Promise<BucketFacts> {
    const facts = await session.inspectBucket(name, signal);
    const before = this.facts.find((known) => known.name === name);
    if (JSON.stringify(before) === JSON.stringify(facts)) return facts;
    this.facts = [...this.facts.filter((known) => known !== before), facts];
    this.learned.fire();
    return facts;
  }

  /** After credentials were refused, or another profile was chosen: the next command connects anew. */
  forget(): void {
    const knewBuckets = this.facts.length > 0;
    this.session = undefined;
    this.facts = [];
    this.changed.fire();
    if (knewBuckets) this.learned.fire();
  }

  /** Expired credentials stay expired in the session: it must be made anew. */
  forgetAfter(error: unknown): void {
    if (!isUserError(error) || !["credentials-expired", "credentials-missing", "wrong-account"].includes(error.code))
      return;
    if (error.code === "credentials-expired") this.expired = this.asked;
    this.forget();
  }

  dispose(): void {
    this.configuration.dispose();
    this.changed.dispose();
    this.learned.dispose();
  }
}

async function askForMfaCode(profile: string, serialNumber: string, problem?: string): Promise<string> {
  const code = await vscode.window.showInputBox({
    title: `MFA code for profile ${profile}`,
    prompt: `${problem ? `${problem} ` : ""}The code that ${serialNumber} shows`,
    placeHolder: "6 digits",
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^\d{6}$/.test(value.trim()) ? undefined : "The code has 6 digits."),
  });
  if (code === undefined) throw new UserError("cancelled", "No MFA code was entered.");
  return code.trim();
}
