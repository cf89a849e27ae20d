import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Answers pairs of schemas as Apache Avro does. Each line of standard input is a JSON object with the texts "reader" and
 * "writer"; each line of standard output is {"compatible": bool, "incompatibilities": [{"type", "location", "message"}]}, or
 * {"error": text} where Avro refuses a schema or fails on comparing them; "refused" then lists the sides that it refuses.
 */
public final class Compatibility {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper json = new ObjectMapper();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(json.writeValueAsString(answer(json, json.readTree(line))));
      System.out.flush();
    }
  }

  private static ObjectNode answer(ObjectMapper json, JsonNode pair) {
    ObjectNode answer = json.createObjectNode();
    ArrayNode refusals = json.createArrayNode();
    Schema reader = parsed(pair, "reader", answer, refusals);
    Schema writer = parsed(pair, "writer", answer, refusals);
    if (!refusals.isEmpty()) {
      answer.set("refused", refusals);
      return answer;
    }
    try {
      SchemaCompatibility.SchemaCompatibilityResult result =
          SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
      answer.put(
          "compatible", result.getCompatibility() == SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
      ArrayNode found = answer.putArray("incompatibilities");
      for (SchemaCompatibility.Incompatibility each : result.getIncompatibilities()) {
        found
            .addObject()
            .put("type", each.getType().name())
            .put("location", each.getLocation())
            .put("message", each.getMessage());
      }
    } catch (RuntimeException | StackOverflowError failed) {
      answer.put("error", failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }
    return answer;
  }

  private static Schema parsed(JsonNode pair, String side, ObjectNode answer, ArrayNode refusals) {
    try {
      return new Schema.Parser().parse(pair.get(side).asText());
    } catch (RuntimeException | StackOverflowError refused) {
      answer.put("error", refused.getClass().getSimpleName() + ": " + refused.getMessage());
      refusals.add(side);
      return null;
    }
  }
}
