package ekiden.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One parsed source file.
 *
 * @param path from the root of the repository, with slashes
 * @param text its text
 * @param tree its syntax
 * @param positions where each piece of the syntax stands
 */
public record Source(String path, String text, CompilationUnitTree tree, SourcePositions positions) {

    /**
     * Parses without resolving anything.
     *
     * @param textByPath texts by path
     * @return the parsed files
     */
    public static List<Source> parse(Map<String, String> textByPath) {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<Text> files = textByPath.entrySet().stream()
                .map(e -> new Text(e.getKey(), e.getValue()))
                .toList();
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, problems, List.of("-proc:none"), null, files);
        List<Source> parsed = new ArrayList<>();
        try {
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree tree : task.parse()) {
                String path = tree.getSourceFile().toUri().getPath().substring(1);
                parsed.add(new Source(path, Objects.requireNonNull(textByPath.get(path)), tree, positions));
            }
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw new IllegalArgumentException("cannot be parsed: " + problem);
            }
        }
        return parsed;
    }

    /** {@return a sample for the test of a rule} */
    static Source sample(String path, String text) {
        return parse(Map.of(path, text)).getFirst();
    }

    /** {@return the line on which a piece of syntax begins, from 1} */
    long line(Tree piece) {
        return tree.getLineMap().getLineNumber(positions.getStartPosition(tree, piece));
    }

    /** {@return the line on which it ends} */
    long endLine(Tree piece) {
        return tree.getLineMap().getLineNumber(positions.getEndPosition(tree, piece));
    }

    /** {@return a finding at a piece of syntax} */
    Finding finding(Tree piece, String what) {
        return new Finding(path + ":" + line(piece), what);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("text:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
