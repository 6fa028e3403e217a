package ekiden.testing.corpus;

import java.util.List;
import java.util.Map;

/**
 * A mail and what it says.
 *
 * @param kind what is special about it: how it is labelled
 * @param japanese whether it is in Japanese
 * @param raw its bytes
 * @param from the name of its author
 * @param address of its author
 * @param subject its subject
 * @param text its text, lines ended by LF
 * @param attachments names and SHA-256 of its attachments, in order
 */
record CorpusMail(
        String kind,
        boolean japanese,
        byte[] raw,
        String from,
        String address,
        String subject,
        String text,
        List<Map<String, String>> attachments) {}
