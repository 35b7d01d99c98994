// Next writes a file like this when it runs; the checks need the types of its style sheets without it.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
