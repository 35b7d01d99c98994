// Stands in for @aws-amplify/form-generator: stand-ins/README.md.
//
// `ampx` imports this name when it starts and calls it only for `ampx generate forms`.

exports.createLocalGraphqlFormGenerator = () => {
  throw new Error(
    'unable to generate forms; Parley leaves @aws-amplify/form-generator out: remove its lines under "devDependencies" and "overrides" in package.json, then run `npm install`',
  );
};
