// Stands in for @aws-amplify/graphql-types-generator: stand-ins/README.md.
//
// @aws-amplify/model-generator imports this name when it is loaded and calls it only for
// `ampx generate graphql-client-code`.

exports.getOutputFileName = () => {
  throw new Error(
    'unable to generate code for Amplify Data; Parley leaves @aws-amplify/graphql-types-generator out: remove its lines under "devDependencies" and "overrides" in package.json, then run `npm install`',
  );
};
