import { judgeSeeds } from "./judged-seeds";

judgeSeeds(23, 40);
