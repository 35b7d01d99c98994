import { describe, expect, it } from "vitest";
import { directConversation } from "../../core/domain/conversation";
import { isUserId } from "../../core/domain/ids";
import { browserStorage } from "./browser-storage.fixture";
import { createDrafts } from "./drafts";

const user = (last: string) => {
  const id = `00000000-0000-4000-8000-00000000000${last}`;
  if (!isUserId(id)) throw new RangeError(`unable to use ${id}; it is no user id`);
  return id;
};
const [ADA, GRACE] = [user("a"), user("b")];
const TALK = directConversation(ADA, GRACE);

describe("drafts", () => {
  it("are kept a conversation, through a reload, until they are empty", () => {
    const storage = browserStorage();
    createDrafts(ADA, () => storage).write(TALK, "half a sent");

    expect(createDrafts(ADA, () => storage).read(TALK)).toBe("half a sent");
    createDrafts(ADA, () => storage).write(TALK, "");
    expect(Object.keys(storage)).toEqual([]);
  });

  it("are each person's own, and go when that person signs out", () => {
    const storage = browserStorage();
    const [ada, grace] = [createDrafts(ADA, () => storage), createDrafts(GRACE, () => storage)];
    ada.write(TALK, "of Ada");
    grace.write(TALK, "of Grace");

    ada.wipe();

    expect(ada.read(TALK)).toBe("");
    expect(grace.read(TALK)).toBe("of Grace");
  });

  it("are not missed where the browser refuses to store", () => {
    const refused = createDrafts(ADA, () => {
      throw new DOMException("denied", "SecurityError");
    });

    refused.write(TALK, "text");
    refused.wipe();
    expect(refused.read(TALK)).toBe("");
  });
});
