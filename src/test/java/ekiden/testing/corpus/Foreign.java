package ekiden.testing.corpus;

import java.util.List;

/**
 * A language other than Japanese, as its mails are labelled and what they say.
 *
 * @param label as mails write it
 * @param charset what is sent under that label
 * @param sentences what they say
 */
record Foreign(String label, String charset, List<String> sentences) {
    private static final List<String> GERMAN = List.of(
            "Sehr geehrte Damen und Herren,",
            "anbei erhalten Sie die gewünschte Übersicht für März.",
            "Mit freundlichen Grüßen, Jürgen Weiß",
            "Bestätigung Ihrer Bestellung für 5 Stück");
    private static final List<String> FRENCH = List.of(
            "Veuillez trouver ci-joint le reçu demandé.",
            "À bientôt, Hélène",
            "Réunion à Nîmes déplacée à l'été prochain",
            "Ça ira, très bien");
    private static final List<String> RUSSIAN = List.of(
            "Добрый день!",
            "Высылаю вам счёт за ноябрь.",
            "С уважением, Иван Петров",
            "Просьба подтвердить получение договора.");
    private static final List<String> SIMPLIFIED = List.of("您好，请查收附件中的报价单。", "如有问题请与我联系。谢谢！", "关于十一月份的订货合同", "此致敬礼");
    private static final List<String> TRADITIONAL = List.of("您好，請查收附件中的報價單。", "如有問題請與我聯絡。謝謝！", "關於十一月份的訂貨合約", "敬祝商祺");
    private static final List<String> KOREAN =
            List.of("안녕하세요. 첨부 파일을 확인해 주시기 바랍니다.", "감사합니다.", "십일월 주문서 송부의 건", "문의 사항이 있으시면 연락 주십시오.");
    private static final List<String> POLISH =
            List.of("Dzień dobry, w załączniku przesyłam fakturę.", "Pozdrawiam, Łukasz Żak", "Proszę o potwierdzenie");
    private static final List<String> GREEK = List.of("Καλημέρα σας, σας στέλνω το τιμολόγιο.", "Με εκτίμηση, Γιώργος");
    private static final List<String> THAI = List.of("สวัสดีครับ กรุณาตรวจสอบเอกสารแนบ", "ขอบคุณครับ");

    static final List<Foreign> ALL = List.of(
            new Foreign("iso-8859-1", "windows-1252", GERMAN),
            new Foreign("windows-1252", "windows-1252", GERMAN),
            new Foreign("ISO-8859-1", "windows-1252", FRENCH),
            new Foreign("iso-8859-15", "iso-8859-15", FRENCH),
            new Foreign("utf-8", "utf-8", FRENCH),
            new Foreign("koi8-r", "koi8-r", RUSSIAN),
            new Foreign("windows-1251", "windows-1251", RUSSIAN),
            new Foreign("iso-8859-5", "iso-8859-5", RUSSIAN),
            new Foreign("utf-8", "utf-8", RUSSIAN),
            new Foreign("gb2312", "gb18030", SIMPLIFIED),
            new Foreign("gbk", "gb18030", SIMPLIFIED),
            new Foreign("GB18030", "gb18030", SIMPLIFIED),
            new Foreign("big5", "big5-hkscs", TRADITIONAL),
            new Foreign("euc-kr", "x-windows-949", KOREAN),
            new Foreign("ks_c_5601-1987", "x-windows-949", KOREAN),
            new Foreign("iso-8859-2", "iso-8859-2", POLISH),
            new Foreign("windows-1250", "windows-1250", POLISH),
            new Foreign("iso-8859-7", "iso-8859-7", GREEK),
            new Foreign("tis-620", "x-windows-874", THAI),
            new Foreign("utf-8", "utf-8", THAI));
}
