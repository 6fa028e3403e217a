package ekiden.mail.send;

import ekiden.mail.mime.HtmlText;

/** Completes a draft: plain text from HTML where there is none, the signature below. Pure. */
final class Finish {
    /** What readers take for the beginning of a signature (RFC 3676 §4.3). */
    private static final String SIGN = "-- ";

    private Finish() {}

    static MailDraft of(MailDraft draft) {
        String html = draft.options().html();
        String signature = draft.options().signature();
        String text = draft.text().isEmpty() && html != null ? HtmlText.of(html) : draft.text();
        if (signature == null) {
            return draft.saying(text, html);
        }
        String signed = signature.startsWith(SIGN) ? signature : SIGN + "\n" + signature;
        return draft.saying(ended(text) + signed, html == null ? null : below(html, signed));
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") || text.endsWith("\r") ? text : text + "\n";
    }

    private static String below(String html, String signed) {
        String lines = signed.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .strip()
                .replace("\r\n", "\n")
                .replace("\n", "<br>\n");
        String block = "<p>" + lines + "</p>\n";
        int end = lastTag(html, "</body");
        end = end < 0 ? lastTag(html, "</html") : end;
        return end < 0 ? ended(html) + block : html.substring(0, end) + block + html.substring(end);
    }

    private static int lastTag(String html, String tag) {
        for (int at = html.lastIndexOf("</"); at >= 0; at = html.lastIndexOf("</", at - 1)) {
            if (html.regionMatches(true, at, tag, 0, tag.length())) {
                return at;
            }
        }
        return -1;
    }
}
