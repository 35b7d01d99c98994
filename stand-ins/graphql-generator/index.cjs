// Stands in for @aws-amplify/graphql-generator: stand-ins/README.md.
//
// @aws-amplify/backend-data and @aws-amplify/model-generator import these names when they are loaded. They call them
// for the schema of Amplify Data only.

const leftOut = () => {
  throw new Error(
    'unable to generate code for Amplify Data; Parley leaves @aws-amplify/graphql-generator out: remove its lines under "devDependencies" and "overrides" in package.json, then run `npm install`',
  );
};

exports.generateModels = leftOut;
exports.generateModelsSync = leftOut;
exports.generateStatements = leftOut;
exports.generateTypes = leftOut;
