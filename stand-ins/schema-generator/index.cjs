// Stands in for @aws-amplify/schema-generator: stand-ins/README.md.
//
// `ampx` imports this name when it starts and uses it only for `ampx generate schema-from-database`.

exports.SchemaGenerator = class SchemaGenerator {
  generate() {
    throw new Error(
      'unable to read a schema for Amplify Data; Parley leaves @aws-amplify/schema-generator out: remove its lines under "devDependencies" and "overrides" in package.json, then run `npm install`',
    );
  }
};
