import { defineAuth } from "@aws-amplify/backend";

/** People sign in with their e-mail address; `fullname` is Cognito's `name`: what others will see of them. */
export const auth = defineAuth({
  loginWith: {
    email: {
      verificationEmailStyle: "CODE",
      verificationEmailSubject: "Your Parley code",
      verificationEmailBody: (createCode) => `Your code is ${createCode()}. It is valid for a day.`,
    },
  },
  userAttributes: { fullname: { required: true, mutable: true } },
  accountRecovery: "EMAIL_ONLY",
});
