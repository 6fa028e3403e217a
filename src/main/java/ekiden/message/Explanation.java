package ekiden.message;

import ekiden.base.ExitCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one message.
 *
 * @param text its words
 * @param severity what it means for the work at hand
 * @param exit what a command ends with when this ended it, or null where this process does not know the id's area
 */
public record Explanation(
        Text text, Severity severity, @Nullable ExitCode exit) {
    /**
     * @param locale Japanese, or English for all others
     * @return several lines for a person, the last without a line feed
     */
    public String show(Locale locale) {
        boolean japanese = Languages.japanese(locale);
        StringBuilder out = new StringBuilder();
        out.append(text.id()).append(' ').append(text.text()).append("\n\n");
        line(out, japanese ? "重大度" : "Severity", severityWord(japanese));
        line(out, japanese ? "原因" : "Cause", text.cause());
        line(out, japanese ? "対処" : "Next step", text.next());
        if (exit != null) {
            line(out, japanese ? "終了コード" : "Exit code", String.valueOf(exit.code()));
        }
        return out.toString().stripTrailing();
    }

    private String severityWord(boolean japanese) {
        return switch (severity) {
            case ERROR -> japanese ? "エラー(処理を中止します)" : "error (the work stops)";
            case WARNING -> japanese ? "警告(処理を続行します)" : "warning (the work goes on)";
            case INFORMATION -> japanese ? "情報" : "information";
        };
    }

    private static void line(StringBuilder out, String name, String value) {
        out.append(name).append(": ").append(value).append('\n');
    }
}
