package ekiden.testing.imap;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Folder names in modified UTF-7, one run of other characters at a time. */
final class WireName {
    private static final Pattern OTHER = Pattern.compile("[^ -~]+|&");
    private static final Pattern SHIFTED = Pattern.compile("&([^-]*)-");
    private static final Charset UTF_16 = StandardCharsets.UTF_16BE;

    private WireName() {}

    static String of(String name) {
        return OTHER.matcher(name)
                .replaceAll(run -> run.group().equals("&")
                        ? "&-"
                        : "&"
                                + Base64.getEncoder()
                                        .encodeToString(run.group().getBytes(UTF_16))
                                        .replace("=", "")
                                        .replace('/', ',')
                                + "-");
    }

    static String read(String wire) {
        return SHIFTED.matcher(wire)
                .replaceAll(run -> run.group(1).isEmpty()
                        ? "&"
                        : new String(Base64.getDecoder().decode(run.group(1).replace(',', '/')), UTF_16));
    }
}
