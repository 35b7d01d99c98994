import { judgeSeeds } from "./judged-seeds";

judgeSeeds(5, 22);
