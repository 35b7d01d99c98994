// Imports point one way: domain <- protocol <- client <- components <- app; domain, protocol <- amplify/chat;
// local imports none of ours, but for the demo, which uses the client; nothing imports a test.

const only = (name, from, ...allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: ["\\.(test|contract)\\.tsx?$", "^core/client/plays/"] },
  to: { path: "^(app|components|core|amplify|local|tests|bench)/", pathNot: allowed },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("domain-needs-nothing", "^core/domain/", "^core/domain/"),
    only("protocol-needs-the-domain", "^core/protocol/", "^core/(domain|protocol)/"),
    only("client-needs-protocol-and-domain", "^core/client/", "^core/(domain|protocol|client)/"),
    only("amplify-needs-domain-and-protocol", "^amplify/", "^amplify/", "^core/(domain|protocol)/"),
    only("local-imports-none-of-ours", "^local/(?!demo/)", "^local/"),
    only("the-demo-needs-the-client", "^local/demo/", "^local/", "^core/(domain|protocol|client)/"),
    only("components-need-core", "^components/", "^components/", "^core/(domain|protocol|client)/"),
    only("ui-has-no-chat-words", "^components/ui/", "^components/ui/"),
    only("app-needs-components", "^app/", "^app/", "^components/", "^core/(domain|protocol|client)/"),
    {
      name: "core-needs-only-valibot",
      severity: "error",
      from: { path: "^core/", pathNot: ["\\.(test|contract)\\.ts$", "^core/testing/"] },
      to: { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: "node_modules/valibot/" },
    },
    {
      name: "nothing-imports-a-test",
      severity: "error",
      from: {
        pathNot: [
          "\\.(test|contract|e2e)\\.tsx?$",
          "^tests/",
          "^core/testing/",
          "^core/client/plays/",
          "^bench/",
        ],
      },
      to: { path: ["\\.(test|contract|e2e)\\.tsx?$", "^tests/", "^core/testing/"] },
    },
    {
      name: "the-authenticator-stays-on-the-sign-in-pages",
      severity: "error",
      from: { pathNot: ["^components/auth/", "^app/sign-in/", "^app/\\(auth\\)/"] },
      to: { path: "node_modules/@aws-amplify/ui-react" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.local|\\.amplify)" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["import", "types", "node", "default"],
      exportsFields: ["exports"],
    },
  },
};
