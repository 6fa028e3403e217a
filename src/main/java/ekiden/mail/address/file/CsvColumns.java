package ekiden.mail.address.file;

import ekiden.mail.address.BookSettings.Column;
import ekiden.mail.address.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which column holds what: by the headings that usual programs write, or by those that the settings name. Pure. */
final class CsvColumns {
    /** What people see where no heading is known. */
    static final String USUAL = "name, email";

    /** Headings of Ekiden itself, Outlook, Google Contacts and Thunderbird, in English and Japanese; the earlier goes before the later. */
    private static final Map<Column, List<String>> KNOWN = Map.of(
            Column.NAME,
            List.of("name", "full name", "display name", "氏名", "名前", "表示名", "フルネーム"),
            Column.FAMILY,
            List.of("last name", "family name", "surname", "姓"),
            Column.GIVEN,
            List.of("first name", "given name", "名"),
            Column.READING,
            List.of("reading", "yomi", "phonetic name", "フリガナ", "ふりがな", "よみがな", "読み"),
            Column.FAMILY_READING,
            List.of("phonetic last name", "family name yomi", "yomi last name", "姓 (フリガナ)", "姓(フリガナ)", "フリガナ (姓)"),
            Column.GIVEN_READING,
            List.of("phonetic first name", "given name yomi", "yomi first name", "名 (フリガナ)", "名(フリガナ)", "フリガナ (名)"),
            Column.NICKNAME,
            List.of("nickname", "alias", "ニックネーム"),
            Column.ADDRESS,
            List.of(
                    "email",
                    "e-mail",
                    "mail",
                    "address",
                    "e-mail address",
                    "email address",
                    "primary email",
                    "e-mail 1 - value",
                    "メール",
                    "メールアドレス",
                    "電子メール",
                    "電子メール アドレス",
                    "電子メール アドレス 1",
                    "第1メールアドレス",
                    "e-mail 2 address",
                    "e-mail 2 - value",
                    "secondary email",
                    "電子メール 2 アドレス"),
            Column.DETAIL,
            List.of("department", "部署", "部署名", "company", "organization", "会社名", "会社", "organization name"),
            Column.MEMBERS,
            List.of("members", "メンバー"));

    private CsvColumns() {}

    /** For each column that is there the places in a row, the best first. */
    static Map<Column, List<Integer>> places(List<String> headings, Map<Column, List<String>> named) {
        List<String> folded = headings.stream().map(Names::fold).toList();
        Map<Column, List<Integer>> places = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            List<Integer> found = new ArrayList<>();
            for (String heading : named.getOrDefault(column, KNOWN.getOrDefault(column, List.of()))) {
                int place = folded.indexOf(Names.fold(heading));
                if (place >= 0 && !found.contains(place)) {
                    found.add(place);
                }
            }
            if (!found.isEmpty()) {
                places.put(column, found);
            }
        }
        return places;
    }
}
