import type { Watch } from "./functions/watch";
import type { LogPermissions } from "./iam/log-permissions";
import type { Meter } from "./meter/meter";
import type { Weather } from "./weather/weather";

/** The functions' running as the meter counts it, the weather disturbs it and IAM permits its log. */
export function watchFunctions(parts: {
  readonly meter: Meter;
  readonly weather: Weather;
  readonly iam: LogPermissions;
}): Watch {
  const { meter, weather, iam } = parts;
  return {
    ran: ({ initMs, ...run }) => meter.ran(initMs === undefined ? run : { ...run, initMs }),
    opensLog: (who) => iam.mayOpenLog(who),
    logs: (who, bytes) => {
      if (!iam.mayWriteLog(who)) return false;
      meter.logged(bytes, who.functionName);
      return true;
    },
    delayMs: () => weather.functionDelayMs(),
    endsAfterEvent: () => weather.startsCold(),
  };
}
