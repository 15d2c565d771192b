#pragma once

#include "shared/domain/action_parts.hpp"

namespace hoso::domain {

struct CouncilMember {
    AccountId account;
    Seat seat{};
    std::string field{};
    bool operator==(const CouncilMember&) const = default;
};

struct Adviser {
    AccountId account;
    std::string field;
    bool operator==(const Adviser&) const = default;
};

struct CouncilEstablished {
    Uuid council;
    UnitId unit;
    std::string stage;
    std::string decision_number;
    Date decision_date{};
    std::vector<CouncilMember> members;
    std::uint16_t quorum = 0;
    std::uint32_t spread_max = 0;
    std::vector<Adviser> advisers{};
    bool operator==(const CouncilEstablished&) const = default;
};

struct CouncilChanged {
    Uuid council;
    std::string decision_number;
    Date decision_date{};
    std::vector<CouncilMember> members;
    std::uint16_t quorum = 0;
    std::uint32_t spread_max = 0;
    std::vector<Adviser> advisers{};
    bool operator==(const CouncilChanged&) const = default;
};

struct SealedKey {
    AccountId account;
    Bytes ciphertext;
    bool operator==(const SealedKey&) const = default;
};

struct MeetingOpened {
    Uuid meeting;
    Uuid council;
    Date date{};
    BoxPublicKey public_key;
    std::vector<SealedKey> sealed_keys;
    std::vector<DossierReference> dossiers;
    MeetingForm form{};
    bool operator==(const MeetingOpened&) const = default;
};

struct MeetingClosed {
    Uuid meeting;
    BoxPrivateKey private_key;
    std::vector<ActionId> sheets;
    bool operator==(const MeetingClosed&) const = default;
};

struct MinutesFiled {
    Uuid meeting;
    std::string number;
    Date date{};
    std::string text;
    Hash document_hash{};
    bool operator==(const MinutesFiled&) const = default;
};

struct Recused {
    DossierId dossier;
    Uuid council;
    AccountId account;
    std::string reason;
    bool operator==(const Recused&) const = default;
};

struct SamplesReceived {
    DossierId dossier;
    std::string stage;
    std::uint16_t count = 0;
    Date date{};
    std::string text;
    bool operator==(const SamplesReceived&) const = default;
};

struct DecisionLine {
    StreamId product;
    DossierId dossier;
    std::uint8_t stars = 0;
    Number certificate;
    std::string certificate_text;
    bool operator==(const DecisionLine&) const = default;
};

struct DecisionSigned {
    Uuid decision;
    DecisionKind kind{};
    UnitId unit;
    std::string stage;
    Number number;
    Date date{};
    std::vector<DecisionLine> lines;
    Hash document_hash;
    bool operator==(const DecisionSigned&) const = default;
};

struct SheetSubmitted {
    DossierId dossier;
    Uuid meeting;
    Bytes sealed;
    bool operator==(const SheetSubmitted&) const = default;
};

struct Tallied {
    DossierId dossier;
    Uuid meeting;
    std::string stage;
    Hash digest;
    std::uint16_t sheets = 0;
    std::vector<std::uint32_t> sums;
    std::uint8_t stars = 0;
    bool operator==(const Tallied&) const = default;
};

struct PaperTallied {
    DossierId dossier;
    Uuid council;
    std::string stage;
    Hash digest;
    std::string minutes;
    Hash minutes_hash;
    Date date{};
    std::uint16_t sheets = 0;
    std::vector<std::uint32_t> averages;
    std::uint8_t stars = 0;
    bool operator==(const PaperTallied&) const = default;
};

struct Recognised {
    DossierId dossier;
    Uuid decision;
    Hash digest;
    std::uint8_t stars = 0;
    Number certificate;
    Date issued{};
    bool operator==(const Recognised&) const = default;
};

struct Forwarded {
    DossierId dossier;
    std::uint32_t turn = 0;
    std::string stage;
    Hash digest;
    Date date{};
    bool operator==(const Forwarded&) const = default;
};

struct Declined {
    DossierId dossier;
    std::string stage;
    Hash digest;
    Date date{};
    std::string advice;
    bool operator==(const Declined&) const = default;
};

struct ResultEntered {
    DossierId dossier;
    std::string stage;
    Hash digest;
    std::string decision_number;
    Date date{};
    std::uint32_t average = 0;
    std::uint8_t stars = 0;
    std::string certificate;
    bool operator==(const ResultEntered&) const = default;
};

struct CertificateRevoked {
    Uuid decision;
    std::string certificate;
    std::string ground;
    Hash rule_set_hash;
    Date date{};
    bool operator==(const CertificateRevoked&) const = default;
};

}  // namespace hoso::domain
