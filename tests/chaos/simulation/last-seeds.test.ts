import { judgeSeeds } from "./judged-seeds";

judgeSeeds(21, 40);
