import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findCredentials } from "./credentials";

/** A home with these two files. */
function homeWith(config: string, credentials = ""): string {
  const home = mkdtempSync(join(tmpdir(), "parley-home-"));
  mkdirSync(join(home, ".aws"));
  writeFileSync(join(home, ".aws/config"), config);
  writeFileSync(join(home, ".aws/credentials"), credentials);
  return home;
}
const KEYS = { AWS_ACCESS_KEY_ID: "AKIA1", AWS_SECRET_ACCESS_KEY: "s1" };
const keys = { accessKeyId: "AKIA1", secretAccessKey: "s1" };

describe("the credentials of a deployment", () => {
  it("are none on a machine without any", () => {
    expect(findCredentials({}, "/nowhere")).toEqual({ are: "none" });
  });

  it("are the shell's keys, with the region of the default profile", () => {
    expect(findCredentials(KEYS, homeWith("[default]\nregion = eu-west-1\n"))).toEqual({
      are: "keys",
      from: "the keys in this shell",
      region: "eu-west-1",
      keys,
    });
  });

  it("are those of the profile that the shell names, from both files", () => {
    const home = homeWith(
      "[default]\nregion=us-east-1\n[profile team]\nregion=eu-north-1\n",
      "[default]\naws_access_key_id=no\n[team]\naws_access_key_id = AKIA1\naws_secret_access_key = s1\n",
    );

    expect(findCredentials({ AWS_PROFILE: "team" }, home)).toEqual({
      are: "keys",
      from: "profile team",
      region: "eu-north-1",
      keys,
    });
  });

  it("are elsewhere where the profile signs in, or the machine has a role", () => {
    const home = homeWith("[profile team]\nsso_session = us\nregion = eu-west-1\n");

    expect(findCredentials({ AWS_PROFILE: "team" }, home)).toMatchObject({
      are: "elsewhere",
      from: "profile team",
    });
    expect(findCredentials({ AWS_WEB_IDENTITY_TOKEN_FILE: "/t" }, "/nowhere")).toMatchObject({
      are: "elsewhere",
    });
  });

  it("name the command that signs in again, also where a role is taken with the profile that signs in", () => {
    const home = homeWith(
      "[profile team]\nsso_session = us\n[profile admin]\nrole_arn = r\nsource_profile = team\n" +
        "[profile me]\nlogin_session = s\n[profile round]\nrole_arn = r\nsource_profile = round\n",
    );
    const signIn = (name: string) => findCredentials({ AWS_PROFILE: name }, home);

    expect(signIn("team")).toMatchObject({ signIn: "aws sso login --profile team" });
    expect(signIn("admin")).toMatchObject({ profile: "admin", signIn: "aws sso login --profile team" });
    expect(signIn("me")).toMatchObject({ signIn: "aws login --profile me" });
    expect(signIn("round")).toMatchObject({ are: "elsewhere", signIn: undefined });
  });

  it("are a role's where the profile has keys to take it with", () => {
    const home = homeWith(
      "[profile team]\nrole_arn = r\nsource_profile = team\n",
      "[team]\naws_access_key_id = AKIA1\naws_secret_access_key = s1\n",
    );

    expect(findCredentials({ AWS_PROFILE: "team" }, home)).toMatchObject({ are: "elsewhere" });
  });

  it("have the shell's region before the profile's", () => {
    const home = homeWith("[default]\nregion=us-east-1\n");

    expect(findCredentials({ ...KEYS, AWS_REGION: "eu-west-3" }, home)).toMatchObject({
      region: "eu-west-3",
    });
  });
});
