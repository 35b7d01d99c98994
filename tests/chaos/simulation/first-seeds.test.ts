import { judgeSeeds } from "./judged-seeds";

judgeSeeds(1, 4);
