import type { Resource } from "../../local/resources";
import type { CostCloud } from "./cloud";

export type TableName = "Log" | "Inbox" | "Connections" | "People";

/** The construct's own name for a table, found in the template of the running cloud. */
export function tableIn({ template }: Pick<CostCloud, "template">, table: TableName): Resource {
  const found = template.resources.find(
    ({ type, id }) => type === "AWS::DynamoDB::Table" && new RegExp(`Tables${table}[0-9A-F]{8}$`).test(id),
  );
  if (!found) throw new Error(`unable to find a table; the template has no ${table}`);
  return found;
}
