import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads data as Apache Avro does, with all its conversions of logical types. Each line of standard input is a JSON object with the
 * texts "writer" and "reader" (schemas) and the array "data" (Base64 of data without a header); each line of standard output is
 * {"values": [...]}, or {"error": text} where Avro refuses a schema. A value is written as `value` says; one that cannot be read
 * is {"error": text}.
 */
public final class Reads {
  private static final GenericData MODEL = new GenericData();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  public static void main(String[] arguments) throws Exception {
    MODEL.addLogicalTypeConversion(new Conversions.DecimalConversion());
    MODEL.addLogicalTypeConversion(new Conversions.BigDecimalConversion());
    MODEL.addLogicalTypeConversion(new Conversions.UUIDConversion());
    MODEL.addLogicalTypeConversion(new Conversions.DurationConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.DateConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
    MODEL.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
    ObjectMapper json = new ObjectMapper();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(json.writeValueAsString(answer(json.readTree(line))));
      System.out.flush();
    }
  }

  private static ObjectNode answer(JsonNode question) {
    ObjectNode answer = NODES.objectNode();
    try {
      Schema writer = new Schema.Parser().parse(question.get("writer").asText());
      Schema reader = new Schema.Parser().parse(question.get("reader").asText());
      ArrayNode values = answer.putArray("values");
      for (JsonNode datum : question.get("data")) {
        values.add(read(writer, reader, Base64.getDecoder().decode(datum.asText())));
      }
    } catch (RuntimeException | StackOverflowError refused) {
      answer.put("error", refused.getClass().getSimpleName() + ": " + refused.getMessage());
    }
    return answer;
  }

  private static JsonNode read(Schema writer, Schema reader, byte[] datum) {
    try {
      GenericDatumReader<Object> values = new GenericDatumReader<>(writer, reader, MODEL);
      return value(values.read(null, DecoderFactory.get().binaryDecoder(datum, null)));
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      return NODES.objectNode().put("error", failed.getClass().getSimpleName() + ": " + failed.getMessage());
    }
  }

  /** A value with its kind: {"kind": text}, {"kind": [parts]} or {"kind": {name: part}}; null stands for itself. */
  private static JsonNode value(Object value) {
    ObjectNode made = NODES.objectNode();
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof IndexedRecord record) {
      ObjectNode fields = made.putObject("record");
      record.getSchema().getFields().forEach(field -> fields.set(field.name(), value(record.get(field.pos()))));
    } else if (value instanceof Map<?, ?> map) {
      ObjectNode values = made.putObject("map");
      map.forEach((key, each) -> values.set(key.toString(), value(each)));
    } else if (value instanceof Iterable<?> items) {
      ArrayNode values = made.putArray("array");
      items.forEach(each -> values.add(value(each)));
    } else if (value instanceof GenericFixed fixed) {
      made.put("bytes", HexFormat.of().formatHex(fixed.bytes()));
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copied = new byte[bytes.remaining()];
      bytes.duplicate().get(copied);
      made.put("bytes", HexFormat.of().formatHex(copied));
    } else if (value instanceof Float number) {
      made.put("float", Double.toString(number.doubleValue()));
    } else if (value instanceof BigDecimal decimal) {
      made.put("decimal", decimal.toPlainString());
    } else {
      made.put(kind(value), value.toString());
    }
    return made;
  }

  private static String kind(Object value) {
    if (value instanceof Integer || value instanceof Long || value instanceof Double) {
      return value instanceof Double ? "double" : "number";
    }
    if (value instanceof CharSequence) {
      return "text";
    }
    if (value instanceof Instant) {
      return "instant";
    }
    if (value instanceof LocalDateTime) {
      return "local";
    }
    if (value instanceof LocalDate) {
      return "date";
    }
    if (value instanceof LocalTime) {
      return "time";
    }
    if (value instanceof UUID) {
      return "uuid";
    }
    return value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
