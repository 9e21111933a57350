#include "report/timeline_schema.hpp"

namespace onus::reports {

const std::string_view timeline_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus check --from DATE --to DATE --format json",
 "type": "object",
 "required": ["onus", "format", "inputs", "note", "cases", "norms", "conclusions", "summary"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "timeline/1"},
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
  "under": {"$ref": "#/$defs/names"},
  "note": {"type": "string"},
  "cases": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["case", "as_of", "from", "to"],
    "properties": {
     "case": {"type": "string"},
     "as_of": {"$ref": "#/$defs/date"},
     "from": {"$ref": "#/$defs/date"},
     "to": {"$ref": "#/$defs/date"},
     "open_end": {"const": true},
     "no_verdict": {
      "type": "array",
      "items": {
       "type": "object",
       "required": ["from", "to", "statements"],
       "properties": {"from": {"$ref": "#/$defs/date"}, "to": {"$ref": "#/$defs/date"}, "statements": {"$ref": "#/$defs/names"}},
       "additionalProperties": false
      }
     }
    },
    "additionalProperties": false
   }
  },
  "norms": {"type": "array", "items": {"$ref": "#/$defs/norm"}},
  "conclusions": {"type": "array", "items": {"$ref": "#/$defs/conclusion"}},
  "summary": {
   "type": "object",
   "required": ["cases", "judged", "rejected", "rows", "changes", "deadlines", "undated", "gave_up", "left_out"],
   "properties": {
    "cases": {"$ref": "#/$defs/count"},
    "judged": {"$ref": "#/$defs/count"},
    "rejected": {"$ref": "#/$defs/count"},
    "rows": {"$ref": "#/$defs/count"},
    "changes": {"$ref": "#/$defs/count"},
    "deadlines": {"$ref": "#/$defs/count"},
    "undated": {"$ref": "#/$defs/count"},
    "gave_up": {"$ref": "#/$defs/count"},
    "left_out": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["path", "why"],
      "properties": {"path": {"type": "string"}, "regulation": {"type": "string"}, "why": {"type": "string"}},
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
  "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
  "date_or_null": {"anyOf": [{"$ref": "#/$defs/date"}, {"type": "null"}]},
  "names": {"type": "array", "items": {"type": "string"}},
  "subject": {
   "type": "object",
   "required": ["kind", "name"],
   "properties": {"kind": {"type": "string"}, "name": {"type": "string"}, "implied": {"const": true}},
   "additionalProperties": false
  },
  "facts": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["fact", "kind"],
    "properties": {
     "fact": {"type": "string"},
     "kind": {"type": "string"},
     "name": {"type": "string"},
     "term": {"type": "string"},
     "year": {"type": "integer"},
     "unanswerable": {"const": true}
    },
    "additionalProperties": false
   }
  },
  "norm": {
   "type": "object",
   "required": ["case", "regulation", "provision", "kind", "bearer", "object", "act", "cites", "enforceable_from", "stretches",
                "deadlines", "events"],
   "properties": {
    "case": {"type": "string"},
    "regulation": {"type": "string"},
    "provision": {"type": "string"},
    "kind": {"enum": ["duty", "prohibition", "permission", "guidance", "penalty", "liability"]},
    "bearer": {"type": "string"},
    "object": {"anyOf": [{"$ref": "#/$defs/subject"}, {"type": "null"}]},
    "about": {"type": "array", "items": {"$ref": "#/$defs/subject"}},
    "act": {"type": "string"},
    "cites": {"$ref": "#/$defs/names"},
    "enforceable_from": {"$ref": "#/$defs/date_or_null"},
    "stretches": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["from", "to", "verdict", "status", "because", "depends_on"],
      "properties": {
       "from": {"$ref": "#/$defs/date"},
       "to": {"$ref": "#/$defs/date"},
       "verdict": {"enum": ["applies", "does-not-apply", "depends", "undetermined", "not-yet", "no-longer", "undecided"]},
       "status": {"enum": ["open", "due", "met", "overdue", "breached", null]},
       "applies_from": {"$ref": "#/$defs/date"},
       "because": {"$ref": "#/$defs/names"},
       "depends_on": {"$ref": "#/$defs/facts"}
      },
      "additionalProperties": false
     }
    },
    "deadlines": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["kind", "as_of"],
      "properties": {
       "kind": {"enum": ["by", "before", "within", "without-delay", "on-request", "every", "for", "continuously"]},
       "as_of": {"$ref": "#/$defs/date"},
       "date": {"$ref": "#/$defs/date_or_null"},
       "moment": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"},
       "words": {"type": "string"},
       "earliest": {"$ref": "#/$defs/date"},
       "latest": {"$ref": "#/$defs/date"},
       "no_calendar": {"const": true},
       "applies": {"const": false},
       "turns": {"type": "array", "items": {"$ref": "#/$defs/date"}},
       "more_turns": {"const": true}
      },
      "additionalProperties": false
     }
    },
    "events": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["date", "event"],
      "properties": {
       "date": {"$ref": "#/$defs/date"},
       "event": {"enum": ["verdict", "done", "due", "due-at-the-earliest", "due-at-the-latest", "due-again", "overdue-unless-done",
                          "enforceable"]},
       "stretch": {"$ref": "#/$defs/count"},
       "deadline": {"$ref": "#/$defs/count"}
      },
      "additionalProperties": false
     }
    },
    "gave_up": {"type": "string"}
   },
   "additionalProperties": false
  },
  "conclusion": {
   "type": "object",
   "required": ["case", "regulation", "subject", "conclusion", "stretches"],
   "properties": {
    "case": {"type": "string"},
    "regulation": {"type": ["string", "null"]},
    "subject": {"$ref": "#/$defs/subject"},
    "object": {"$ref": "#/$defs/subject"},
    "conclusion": {"type": "string"},
    "stretches": {
     "type": "array",
     "items": {
      "type": "object",
      "required": ["from", "to", "verdict", "because", "depends_on"],
      "properties": {
       "from": {"$ref": "#/$defs/date"},
       "to": {"$ref": "#/$defs/date"},
       "verdict": {"enum": ["holds", "does-not-hold", "depends", "undetermined", "undecided"]},
       "because": {"$ref": "#/$defs/names"},
       "depends_on": {"$ref": "#/$defs/facts"}
      },
      "additionalProperties": false
     }
    },
    "gave_up": {"type": "string"}
   },
   "additionalProperties": false
  }
 }
}
)json";

}  // namespace onus::reports
