#pragma once

#include <string>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"

// What several actions have in common; schema/action.capnp has the words on each field. An id that may be absent is nil, a
// date that may be absent is Date{}.
namespace hoso::domain {

enum class ClockQuality : std::uint16_t { none, local, synced, training };
enum class Role : std::uint16_t { administrator, officer, adviser, secretary, signer, auditor };
enum class Seat : std::uint16_t { chair, secretary, member, support };
enum class NumberKind : std::uint16_t { decision, certificate, form };
enum class DecisionKind : std::uint16_t { recognition, revocation };
enum class DossierKind : std::uint16_t { first, upgrade, re_evaluation };
enum class MeetingForm : std::uint16_t { in_person, written };
enum class NoticeListKind : std::uint16_t { registered, continues, lapses };
enum class PromotionKind : std::uint16_t { fair, ecommerce, connection, other };
enum class InspectionKind : std::uint16_t { periodic, ad_hoc, confirmation };
enum class InspectionOutcome : std::uint16_t { kept, remedy, revoke };

struct FileReference {
    Hash root;
    std::uint64_t size = 0;
    std::string media_type;
    std::string role;
    bool operator==(const FileReference&) const = default;
};

struct SealedField {
    Hash commitment;
    bool operator==(const SealedField&) const = default;
};

struct Number {
    Uuid block;
    std::uint32_t value = 0;
    bool operator==(const Number&) const = default;
};

struct DossierReference {
    StreamId product;
    DossierId dossier;
    bool operator==(const DossierReference&) const = default;
};

}  // namespace hoso::domain
