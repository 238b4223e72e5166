/**
 * Certificates for a test: authorities, and servers that one of them has signed. They are files in a folder
 * of the test.
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { need, onPath } from "./program.ts";

const PROGRAM = "openssl";
const REMEDY = `The tests of TLS need ${PROGRAM}: install it.`;
const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

export class Certificates {
  readonly #folder: string;
  readonly #program = need(() => onPath(PROGRAM), [[PROGRAM]], REMEDY);

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async inNewFolder(): Promise<Certificates> {
    return new Certificates(await mkdtemp(join(tmpdir(), "gapless-certificates-")));
  }

  /** An authority that signed itself. */
  authority(name: string): KeyPair {
    const pair = this.#pair(name);
    this.#run([
      "req",
      "-x509",
      ...NEW_KEY,
      "-keyout",
      pair.key,
      "-out",
      pair.certificate,
      ...this.#subject(name),
    ]);
    return pair;
  }

  /** A server with one name, signed by an authority. */
  async server(name: string, by: KeyPair): Promise<KeyPair> {
    const pair = this.#pair(name);
    const request = `${pair.key}.request`;
    const extensions = `${pair.key}.extensions`;
    await writeFile(extensions, `subjectAltName=DNS:${name}\n`);
    this.#run(["req", ...NEW_KEY, "-keyout", pair.key, "-out", request, "-subj", `/CN=${name}`]);
    this.#run(
      ["x509", "-req", "-in", request, "-CA", by.certificate, "-CAkey", by.key, "-CAcreateserial"].concat([
        "-days",
        "2",
        "-extfile",
        extensions,
        "-out",
        pair.certificate,
      ]),
    );
    return pair;
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  #subject(name: string): readonly string[] {
    return ["-days", "2", "-subj", `/CN=${name}`];
  }

  #pair(name: string): KeyPair {
    const path = join(this.#folder, `${name}-${crypto.randomUUID()}`);
    return { certificate: `${path}.crt`, key: `${path}.key` };
  }

  #run(words: readonly string[]): void {
    execFileSync(this.#program, words, { stdio: "pipe" });
  }
}
