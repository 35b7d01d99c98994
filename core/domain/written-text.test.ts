// A person's limit, in the scripts that people write. Each sample is the first article of the Universal Declaration of
// Human Rights or a verse, and is repeated to the length that is tested.

import { describe, expect, it } from "vitest";
import { charactersOf, measureText } from "./characters";
import { TEXT_BYTES, TEXT_CHARACTERS } from "./limits";
import { checkText, checkWritten, normalizeText, wireBytesOf } from "./text";

const SAMPLES: readonly (readonly [string, string])[] = [
  ["Latin", "All human beings are born free and equal in dignity and rights. "],
  ["Vietnamese", "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. "],
  ["Cyrillic", "Все люди рождаются свободными и равными в своём достоинстве и правах. "],
  ["Greek", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "],
  ["Arabic", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. "],
  ["Arabic with its vowels", "يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا مُتَسَاوِينَ فِي الْكَرَامَةِ وَالْحُقُوقِ. "],
  ["Hebrew", "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. "],
  ["Hebrew with points and accents", "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים אֵ֥ת הַשָּׁמַ֖יִם וְאֵ֥ת הָאָֽרֶץ׃ "],
  ["Devanagari", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। "],
  ["Sanskrit", "सर्वे मानवाः स्वतन्त्राः समुत्पन्नाः वर्तन्ते अपि च गौरवदृशा अधिकारदृशा च समानाः एव वर्तन्ते। "],
  ["Malayalam", "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചവരാണ്. "],
  ["Tamil", "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர். "],
  ["Thai", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ "],
  ["Chinese", "人人生而自由，在尊严和权利上一律平等。"],
  ["Japanese", "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。"],
  ["Korean", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. "],
  ["words with family emoji", "We all came, 👨‍👩‍👧‍👦 and 👩🏽‍🚀 and 🏴󠁧󠁢󠁳󠁣󠁴󠁿 too! "],
  ["flags", "🇫🇷🇯🇵🇧🇷🇿🇦"],
];

/** The sample again and again, cut to so many characters. */
function written(sample: string, characters: number): string {
  const one = [...charactersOf(normalizeText(sample))];
  return Array.from({ length: characters }, (_, index) => one[index % one.length]).join("");
}

describe.each(SAMPLES)("ordinary text: %s", (_, sample) => {
  it("is one message up to 2,000 characters, and one more is too much", () => {
    const most = written(sample, TEXT_CHARACTERS);

    expect(measureText(most).characters).toBe(TEXT_CHARACTERS);
    expect(checkWritten(most)).toEqual({ is: "fine", text: most });
    expect(checkWritten(written(sample, TEXT_CHARACTERS + 1))).toEqual({ is: "too-long" });
  });

  it("meets the person's limit before it meets the server's", () => {
    const one = written(sample, TEXT_CHARACTERS + 1);

    expect(wireBytesOf(written(sample, TEXT_CHARACTERS))).toBeLessThanOrEqual(TEXT_BYTES);
    // A server of another version of Unicode, and the devices of yesterday, count otherwise: no character decides.
    if (wireBytesOf(one) <= TEXT_BYTES) expect(checkText(one)).toMatchObject({ is: "fine" });
  });
});

describe("text that is all emoji of many parts", () => {
  it("meets the bytes first: 640 families are one message", () => {
    expect(checkWritten("👨‍👩‍👧‍👦".repeat(640))).toMatchObject({ is: "fine" });
    expect(checkWritten("👨‍👩‍👧‍👦".repeat(641))).toEqual({ is: "too-long" });
  });
});
