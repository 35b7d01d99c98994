import { REGION } from "../resources";

/** The part of the pool's id that SRP mixes into every password: "us-east-1_k3v9x0abc" has "k3v9x0abc". */
export const poolNameOf = (poolId: string): string => {
  const name = /^[a-z]{2}-[a-z-]+-\d_([A-Za-z0-9]+)$/.exec(poolId)?.[1];
  if (!name) throw new Error(`unable to run the user pool; ${poolId} is not an id that Amplify can read`);
  return name;
};

export const issuerOf = (poolId: string): string => `https://cognito-idp.${REGION}.amazonaws.com/${poolId}`;
