package ekiden.testing.corpus;

import java.util.List;
import java.util.SplittableRandom;

/** What the mails say: sentences of business mail, put together by chance. Written for this test. */
final class Phrases {
    private static final List<String> FAMILY = List.of(
            "山田", "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "中村", "小林", "加藤", "吉田", "斎藤", "松本", "井上", "木村", "清水", "阿部", "池田",
            "橋本", "石川", "前田", "藤田", "岡田", "後藤", "長谷川", "村上", "近藤", "坂本", "遠藤", "青木", "西村", "福田", "太田", "三浦", "藤原", "松田",
            "中野", "原田", "竹内", "金子", "桐谷", "能登", "曽根", "表", "芝");
    private static final List<String> GIVEN = List.of(
            "太郎", "花子", "一郎", "健", "美咲", "翔太", "陽子", "誠", "由美子", "直樹", "恵", "浩二", "さくら", "愛", "大輔", "久美子", "哲也", "まゆみ",
            "隆", "智子");
    private static final List<String> COMPANY = List.of(
            "株式会社サンプル商事", "東京精密工業株式会社", "(有)山本製作所", "北海道フーズ", "大阪物産", "九州システムズ", "日本ロジスティクス", "さくら銀行", "関東電設", "みどり薬局");
    private static final List<String> THING = List.of(
            "注文書", "見積書", "請求書", "納品書", "出荷予定", "在庫表", "契約書", "議事録", "報告書", "申請書", "仕様書", "データ", "アンケート", "カタログ",
            "スケジュール", "発注内容", "支払通知", "ソフトウェア", "マニュアル", "図面", "能力表");
    private static final List<String> ABOUT = List.of(
            "送付の件", "のご確認", "について", "のお願い", "のご案内", "の訂正", "ご送付", "に関するお問い合わせ", "の回答", "変更のお知らせ", "の納期回答", "提出期限");
    private static final List<String> MARK =
            List.of("", "", "", "【重要】", "[至急] ", "Re: ", "Fwd: ", "（再送）", "★", "Re:Re: ", "10月分", "第3回");
    private static final List<String> SENTENCE = List.of(
            "いつもお世話になっております。",
            "平素は格別のお引き立てを賜り、厚く御礼申し上げます。",
            "先日ご依頼いただいた資料を添付いたしますので、ご査収ください。",
            "ご確認のほど、よろしくお願いいたします。",
            "納期は12月10日(木)を予定しております。",
            "数量：100個　単価：1,200円（税込）",
            "恐れ入りますが、本日17時までにご返信いただけますでしょうか。",
            "サーバーのメンテナンスのため、下記の時間帯はシステムをご利用いただけません。",
            "なお、本メールは送信専用のため、ご返信いただいてもお答えできません。",
            "添付ファイルのパスワードは別途お知らせします。",
            "ご不明な点がございましたら、担当の者までお気軽にお問い合わせください。",
            "会議室はＡ棟３階です。",
            "・東京都千代田区丸の内1-1-1",
            "TEL: 03-1234-5678 / FAX: 03-1234-5679",
            "表示されない場合は、ソフトの設定を見直してください。",
            "今月の売上は前年比で約5％増となりました。",
            "取り急ぎご連絡まで。",
            "どうぞよろしくお願いします！",
            "Order No. 2026-1123 has been shipped.",
            "http://www.example.co.jp/support/index.html");
    private static final List<String> SPECIAL =
            List.of("①㈱サンプル", "№5 ㌔ ㍻", "髙橋様、山﨑様", "Ⅲ期工事", "℡ 03-0000-0000", "㈲鈴木", "≪重要≫②③");
    private static final List<String> HALF = List.of("ﾌﾘｺﾐ ｶﾝﾘﾖｳ", "ｼｽﾃﾑからの通知", "ﾃﾞｰﾀ送信", "ﾒｰﾙｱﾄﾞﾚｽ変更", "ﾔﾏﾀﾞ ﾀﾛｳ");

    private Phrases() {}

    static String of(SplittableRandom random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static String name(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> of(random, FAMILY);
            case 1 -> of(random, COMPANY);
            case 2 -> of(random, FAMILY) + "（" + of(random, COMPANY) + "）";
            case 3 -> of(random, FAMILY) + of(random, GIVEN);
            default -> of(random, FAMILY) + " " + of(random, GIVEN);
        };
    }

    static String subject(SplittableRandom random, boolean special, boolean half) {
        String subject = of(random, MARK) + of(random, THING) + (random.nextInt(5) > 0 ? of(random, ABOUT) : "");
        if (half && random.nextInt(4) == 0) {
            subject = of(random, HALF);
        }
        return special && random.nextInt(4) == 0 ? subject + " " + of(random, SPECIAL) : subject;
    }

    static String text(SplittableRandom random, boolean special, boolean half) {
        StringBuilder text = new StringBuilder();
        for (int line = random.nextInt(1, 12); line > 0; line--) {
            text.append(of(random, SENTENCE));
            if (special && random.nextInt(8) == 0) {
                text.append(of(random, SPECIAL));
            }
            if (half && random.nextInt(10) == 0) {
                text.append('\n').append(of(random, HALF));
            }
            text.append(random.nextInt(6) == 0 ? "\n\n" : "\n");
        }
        return text.append(of(random, COMPANY))
                .append("　")
                .append(of(random, FAMILY))
                .append('\n')
                .toString();
    }

    static String fileName(SplittableRandom random) {
        String stem = of(random, THING) + (random.nextBoolean() ? "_" + random.nextInt(1, 99) : "");
        return (random.nextInt(4) == 0 ? of(random, FAMILY) + "様" : "")
                + stem
                + of(random, List.of(".pdf", ".xls", ".xlsx", ".doc", ".csv", ".zip", ".txt.gz"));
    }
}
