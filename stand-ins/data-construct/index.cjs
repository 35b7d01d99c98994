// Stands in for @aws-amplify/data-construct: stand-ins/README.md.
//
// @aws-amplify/backend-data imports these three names when it is loaded. It uses them only in a backend that calls
// `defineData`, and calls `fromString` first.

class LeftOut {
  static fromString() {
    throw new Error(
      'unable to define Amplify Data; Parley leaves @aws-amplify/data-construct out: remove its lines under "devDependencies" and "overrides" in package.json, then run `npm install`',
    );
  }
}

exports.AmplifyData = LeftOut;
exports.AmplifyDataDefinition = LeftOut;
exports.AmplifyDynamoDbTableWrapper = LeftOut;
