package ekiden.definition.yaml;

import ekiden.definition.yaml.TemplateUse.Role;
import ekiden.yaml.Located;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides what each argument of a command is: the program, a line that a shell or interpreter will read as code, or plain data. Mail
 * may only fill data. This catches slips of the pen, not an author who means harm: whoever writes definitions runs programs.
 */
final class CommandCheck {
    private static final Set<String> INTERPRETERS = Set.of(
            "sh",
            "bash",
            "dash",
            "ash",
            "ksh",
            "zsh",
            "fish",
            "csh",
            "tcsh",
            "su",
            "perl",
            "ruby",
            "node",
            "php",
            "awk",
            "gawk",
            "cmd",
            "powershell",
            "pwsh");
    /** These join every argument that follows into one line of code. */
    private static final Set<String> JOINERS = Set.of("cmd", "powershell", "pwsh");

    private CommandCheck() {}

    /** Notes the templates of a command with the role of each argument. */
    static void check(String job, String where, List<Located> command, Notes notes) {
        String interpreter = "";
        boolean code = false;
        for (int i = 0; i < command.size(); i++) {
            String text = command.get(i).text();
            Role role = code ? Role.SHELL : Role.ITEM;
            notes.template(job, where, command.get(i), i == 0 ? Role.PROGRAM : role);
            code = (code && JOINERS.contains(interpreter))
                    || (!interpreter.isEmpty() && codeFollows(interpreter, text));
            String name = name(text);
            if (interpreter.isEmpty() && (INTERPRETERS.contains(name) || name.startsWith("python"))) {
                interpreter = name;
                code = name.endsWith("awk");
            }
        }
    }

    /** Whether programs or their parts are looked for where this variable says. */
    static boolean findsPrograms(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return Set.of("PATH", "ENV", "BASH_ENV", "IFS", "CLASSPATH", "PYTHONPATH", "PERL5LIB", "NODE_OPTIONS")
                        .contains(name)
                || name.startsWith("LD_")
                || name.startsWith("DYLD_")
                || name.endsWith("_TOOL_OPTIONS");
    }

    private static boolean codeFollows(String interpreter, String option) {
        if (interpreter.equals("cmd")) {
            return option.matches("(?i)/[ckr]");
        }
        if (JOINERS.contains(interpreter)) {
            return option.matches("(?i)[-/]c[a-z]*");
        }
        return option.matches("-[A-Za-z]*[cerpE]|--eval|--command");
    }

    private static String name(String program) {
        int slash = Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\'));
        String name = program.substring(slash + 1).toLowerCase(Locale.ROOT);
        return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    }
}
