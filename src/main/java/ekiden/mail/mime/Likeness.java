package ekiden.mail.mime;

import java.nio.charset.Charset;

/**
 * Sets of characters that tell languages apart: the frequent ones of each, written by hand, and the first levels of the
 * standards, made of their rows when first needed.
 */
final class Likeness {
    /** Frequent in business mail, names of people and places. */
    static final Chars FREQUENT_KANJI = Chars.of("""
            日本人大年会社月分部時間中国東京都府県市区町村山田川上下小林木佐藤鈴高橋渡辺伊井加吉野石原崎島松様御株式有限当方所属営業総務
            事経理開発企画管担課係長員名前氏電話番号住郵便送信受付返注文書発請求見積納品商金額円税込確認連絡報告依頼案内通知重要至急件変
            更追削除登録予定約容資料添結果場合以記次第願致申存使用利可能必問題対応処作業完了始終期程議打参出席新旧情技術研究学校教育生産
            物流倉庫在数量単価計支払入振銀行口座手続済未算決承検討相談質回答解説明表示設接動像類形種別全体個特多少初最後同先週今来朝昼夜
            午春夏秋冬火水土東西南北々自身何言思見聞食取合点線正目的力性化法民主世界地道回心家気面実現代関係機成立場公平安保能力用久美根曽智恵由真一二三四五六七八九十
            百千万和明雄夫男女郎太介也樹香織菜奈優翔陽健誠浩隆哲直博光秀義弘幸江里絵理沙桜武勇修清昭洋康俊英貴克典則宏剛聡竹内金三浦芝池清青西福
            遠近坂後長谷中沢森林岩谷本阪神奈川福岡札幌仙台広名古屋横浜千葉埼玉茨城群馬静岡""");

    static final Chars FREQUENT_SIMPLIFIED = Chars.of("""
            的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多
            经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性
            知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次
            度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建""");

    static final Chars FREQUENT_TRADITIONAL = Chars.of("""
            的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多
            經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性
            知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次""");

    static final Chars FREQUENT_HANGUL = Chars.of("""
            이다는을의에가하고지한로기사은도를서인리어자대해시부정수안과니스장보라그전여주나있일구제드아모원조상비동공문세습합드려신경관
            선성요거와면소용무연들화중트영내회저것오게만계위방번실감년월명님메""");

    static final Chars LEVEL_1_OF_JIS = rows(CharsetNames.EUC_JP, 0xb0, 0xcf, 0xa1);
    static final Chars LEVEL_1_OF_GB = rows(CharsetNames.GB18030, 0xb0, 0xd7, 0xa1);
    static final Chars LEVEL_1_OF_BIG5 = rows(CharsetNames.BIG5, 0xa4, 0xc6, 0x40);
    static final Chars HANGUL_OF_KS = rows(CharsetNames.KOREAN, 0xb0, 0xc8, 0xa1);

    private Likeness() {}

    /** A set of characters; never changes. */
    static final class Chars {
        private final long[] bits = new long[0x10000 / Long.SIZE];

        static Chars of(String members) {
            Chars chars = new Chars();
            for (int i = 0; i < members.length(); i++) {
                char c = members.charAt(i);
                if (c >= 0x80 && c != TextCodec.BAD) {
                    chars.bits[c / Long.SIZE] |= 1L << c;
                }
            }
            return chars;
        }

        boolean has(char c) {
            return (bits[c / Long.SIZE] & 1L << c) != 0;
        }
    }

    /** The characters of the rows from {@code first} to {@code last} with cells from {@code cell} on. */
    private static Chars rows(String charset, int first, int last, int cell) {
        byte[] bytes = new byte[(last - first + 1) * (0xff - cell) * 2];
        int put = 0;
        for (int row = first; row <= last; row++) {
            for (int second = cell; second < 0xff; second++) {
                bytes[put] = (byte) row;
                bytes[put + 1] = (byte) (second >= 0x7f && second <= 0xa0 ? 0x7e : second);
                put += 2;
            }
        }
        return Chars.of(new String(bytes, Charset.forName(charset)));
    }
}
