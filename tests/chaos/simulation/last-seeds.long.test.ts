import { judgeSeeds } from "./judged-seeds";

judgeSeeds(24, 40);
