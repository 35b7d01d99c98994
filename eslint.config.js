import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const typed = {
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  "@typescript-eslint/no-unnecessary-type-assertion": "error",
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/prefer-promise-reject-errors": "error",
  "@typescript-eslint/no-unused-vars": [
    "error",
    { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
  ],
  eqeqeq: ["error", "always"],
  "prefer-const": "error",
  "no-console": "error",
};

export default tseslint.config(
  { ignores: [".next/**", ".next-*/**", ".local/**", ".amplify/**", "node_modules/**", "next-env.d.ts"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./amplify/tsconfig.json",
          "./local/tsconfig.json",
          "./core/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...typed,
      "max-lines": ["error", { max: 300, skipBlankLines: false }],
      complexity: ["error", { max: 16, variant: "modified" }],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "**/*.contract.ts", "tests/**/*.ts", "bench/**/*.ts"],
    rules: { "max-lines": ["error", { max: 500 }] },
  },
  {
    files: ["app/**/*.tsx", "components/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
);
