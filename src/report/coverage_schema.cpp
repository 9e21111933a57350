#include "report/coverage.hpp"

namespace onus::reports {

const std::string_view coverage_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus coverage --format json",
 "type": "object",
 "required": ["onus", "format", "inputs", "provisions", "texts", "summary"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "coverage/1"},
  "inputs": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["path", "sha256"],
    "properties": {
     "path": {"type": "string"},
     "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
     "encoded_as_of": {"$ref": "#/$defs/date"}
    },
    "additionalProperties": false
   }
  },
  "provisions": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["regulation", "provision", "kind", "title", "file", "line", "points"],
    "properties": {
     "regulation": {"type": "string"},
     "provision": {"type": "string"},
     "kind": {"type": "string"},
     "title": {"type": "string"},
     "file": {"type": "string"},
     "line": {"$ref": "#/$defs/place"},
     "points": {"type": "array", "items": {"$ref": "#/$defs/point"}}
    },
    "additionalProperties": false
   }
  },
  "texts": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["file", "title", "from", "whole", "items", "unlisted"],
    "properties": {
     "file": {"type": "string"},
     "title": {"type": "string"},
     "as_of": {"$ref": "#/$defs/date"},
     "from": {"type": "string"},
     "whole": {"type": "boolean"},
     "items": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["id", "account", "line", "cites", "says", "encoded_by", "why"],
       "properties": {
        "id": {"type": "string"},
        "account": {"enum": ["encoded", "discretionary", "not encoded", "unaccounted"]},
        "line": {"$ref": "#/$defs/place"},
        "cites": {"$ref": "#/$defs/texts"},
        "says": {"type": "string"},
        "encoded_by": {"$ref": "#/$defs/texts"},
        "why": {"type": "string"}
       },
       "additionalProperties": false
      }
     },
     "unlisted": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["citation", "by", "file", "line"],
       "properties": {
        "citation": {"type": "string"},
        "by": {"type": "string"},
        "file": {"type": "string"},
        "line": {"$ref": "#/$defs/place"}
       },
       "additionalProperties": false
      }
     }
    },
    "additionalProperties": false
   }
  },
  "summary": {
   "type": "object",
   "required": ["cases", "rejected", "gave_up", "sides", "reached", "conditions", "conditions_whole", "constant", "provisions", "provisions_whole",
                "items", "encoded", "discretionary", "not_encoded", "unaccounted", "unlisted", "left_out"],
   "properties": {
    "cases": {"$ref": "#/$defs/count"},
    "rejected": {"$ref": "#/$defs/count"},
    "gave_up": {"$ref": "#/$defs/count"},
    "sides": {"$ref": "#/$defs/count"},
    "reached": {"$ref": "#/$defs/count"},
    "conditions": {"$ref": "#/$defs/count"},
    "conditions_whole": {"$ref": "#/$defs/count"},
    "constant": {"$ref": "#/$defs/count"},
    "provisions": {"$ref": "#/$defs/count"},
    "provisions_whole": {"$ref": "#/$defs/count"},
    "items": {"$ref": "#/$defs/count"},
    "encoded": {"$ref": "#/$defs/count"},
    "discretionary": {"$ref": "#/$defs/count"},
    "not_encoded": {"$ref": "#/$defs/count"},
    "unaccounted": {"$ref": "#/$defs/count"},
    "unlisted": {"$ref": "#/$defs/count"},
    "left_out": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["path", "why"],
      "properties": {"path": {"type": "string"}, "why": {"type": "string"}},
      "additionalProperties": false
     }
    }
   },
   "additionalProperties": false
  },
  "diagnostics": {"type": "array"}
 },
 "additionalProperties": false,
 "$defs": {
  "count": {"type": "integer", "minimum": 0},
  "place": {"type": "integer", "minimum": 1},
  "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
  "texts": {"type": "array", "items": {"type": "string"}},
  "case_or_null": {"anyOf": [{"type": "string"}, {"type": "null"}]},
  "point": {
   "type": "object",
   "required": ["what", "letter", "text", "line", "column", "true_in", "reached", "sides"],
   "properties": {
    "what": {"enum": ["condition", "provision", "strike", "case"]},
    "letter": {"type": "string"},
    "text": {"type": "string"},
    "line": {"$ref": "#/$defs/place"},
    "column": {"$ref": "#/$defs/place"},
    "reading": {"type": "string"},
    "each": {"type": "string"},
    "subject": {"const": true},
    "true_in": {"$ref": "#/$defs/case_or_null"},
    "false_in": {"$ref": "#/$defs/case_or_null"},
    "constant": {"type": "boolean"},
    "reached": {"$ref": "#/$defs/count"},
    "sides": {"$ref": "#/$defs/place"}
   },
   "additionalProperties": false
  }
 }
}
)json";

}  // namespace onus::reports
