import { accessCommand } from "./access";
import { adoptCommand } from "./adopt";
import { applyCommand } from "./apply";
import { checkCommand } from "./check";
import type { Command } from "./command";
import { completeCommand } from "./complete";
import { explainCommand } from "./explain";
import { importCommand } from "./import";
import { newCommand } from "./new";
import { permissionsCommand } from "./permissions";
import { planCommand } from "./plan";
import { recoverCommand } from "./recover";
import { removeCommand } from "./remove";
import { rotateCommand } from "./rotate";
import { takeCommand } from "./take";
import { vendorsCommand } from "./vendors";
import { verifyCommand } from "./verify";

/** All of them, in the order in which help lists them. A script of its own: see `run`. */
export const commands: readonly Command[] = [
  vendorsCommand,
  newCommand,
  completeCommand,
  importCommand,
  checkCommand,
  explainCommand,
  planCommand,
  applyCommand,
  verifyCommand,
  takeCommand,
  rotateCommand,
  removeCommand,
  accessCommand,
  adoptCommand,
  recoverCommand,
  permissionsCommand,
];
