import { judgeSeeds } from "./judged-seeds";

judgeSeeds(7, 23);
