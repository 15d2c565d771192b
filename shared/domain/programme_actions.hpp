#pragma once

#include "shared/domain/action_parts.hpp"

// The programme around the dossiers, in the registry: offices, names of units, days off, dispatches, letters, difficulties, fairs.
namespace hoso::domain {

struct OfficeCreated {
    Uuid office;
    UnitId unit;
    std::string name;
    Date valid_from{};
    bool operator==(const OfficeCreated&) const = default;
};

struct OfficeRenamed {
    Uuid office;
    std::string name;
    Date from{};
    std::string legal_basis;
    bool operator==(const OfficeRenamed&) const = default;
};

struct UnitRenamed {
    UnitId unit;
    std::string name;
    std::string kind;
    std::string code;
    Date from{};
    std::string legal_basis;
    bool operator==(const UnitRenamed&) const = default;
};

struct CalendarSet {
    std::uint16_t year = 0;
    std::vector<Date> days_off;
    std::vector<Date> days_worked;
    std::string legal_basis;
    bool operator==(const CalendarSet&) const = default;
};

struct NoticeDeadline {
    std::string stage;
    Date date{};
    std::string text;
    bool operator==(const NoticeDeadline&) const = default;
};

struct NoticeLine {
    StreamId product;
    std::string certificate;
    bool operator==(const NoticeLine&) const = default;
};

struct NoticeList {
    NoticeListKind kind{};
    std::vector<NoticeLine> lines;
    bool operator==(const NoticeList&) const = default;
};

struct NoticeIssued {
    Uuid notice;
    UnitId unit;
    Uuid round;
    std::string number;
    Date date{};
    std::string title;
    std::vector<NoticeDeadline> deadlines;
    std::vector<NoticeList> lists;
    Hash document_hash{};
    bool operator==(const NoticeIssued&) const = default;
};

struct ResultsPublished {
    UnitId unit;
    Uuid decision;
    Date date{};
    std::string place;
    bool operator==(const ResultsPublished&) const = default;
};

struct PackageSent {
    Uuid package;
    UnitId unit;
    std::string stage;
    std::string number;
    Date date{};
    std::string recipient;
    std::vector<DossierReference> dossiers;
    Hash document_hash{};
    bool operator==(const PackageSent&) const = default;
};

struct FormNumbered {
    UnitId unit;
    StreamId product;
    DossierId dossier;
    Number number;
    Date date{};
    bool operator==(const FormNumbered&) const = default;
};

struct ReminderSent {
    Uuid reminder;
    UnitId unit;
    Uuid round;
    std::string number;
    Date date{};
    std::string text;
    bool operator==(const ReminderSent&) const = default;
};

struct DifficultyRaised {
    Uuid difficulty;
    UnitId unit;
    Date date{};
    std::string text;
    bool operator==(const DifficultyRaised&) const = default;
};

struct DifficultyResolved {
    Uuid difficulty;
    UnitId unit;
    Date date{};
    std::string text;
    bool operator==(const DifficultyResolved&) const = default;
};

struct PromotionHeld {
    Uuid promotion;
    UnitId unit;
    PromotionKind kind{};
    std::string title;
    std::string venue;
    Date from{};
    Date to{};
    bool operator==(const PromotionHeld&) const = default;
};

}  // namespace hoso::domain
