#include "tests/bench/province.hpp"

#include <algorithm>

#include "client/cli/csv.hpp"
#include "shared/io/key_file.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

constexpr std::size_t file_bytes_max = 8u << 20;
constexpr std::uint32_t last_number = 9'999'999;
constexpr Instant slip_life = Instant{30} * 86'400 * 1'000'000;

struct Edition {
    const char* file;
    const char* in_force;
};
constexpr Edition editions[] = {
    {"ocop-148-2023.json", "2023-02-24"}, {"ocop-148-2023+1489-2025.json", "2025-07-06"}, {"ocop-26-2026.json", "2026-05-22"}};

}  // namespace

Province::Province(History& history, const std::filesystem::path& schema) : history_(history), rules_(schema / "rules") {
    publish();
    settle(schema / "units" / "hoabinh.csv");
}

void Province::publish() {
    for (; published_ < std::size(editions); ++published_) {
        const Edition& next = editions[published_];
        if (*date_from_text(next.in_force) > history_.today()) return;
        const Bytes file = must(io::read_file(rules_ / next.file, file_bytes_max), "rules");
        const std::string json = must(domain::canonical_json(as_text(file)), "rules");
        const auto rules = must(domain::parse_rules(json), "rules");
        history_.log(history_.founder(), registry_stream, domain::RuleSetPublished{rules.id, rules.hash, domain::pack_rules(json)});
    }
}

const domain::RuleSet& Province::rules(domain::DossierKind kind) const {
    for (const auto& [hash, rules] : history_.registry().rule_sets) {
        if (rules->in_force(kind, history_.today())) return *rules;
    }
    std::fprintf(stderr, "bench: no regulation is in force on %s\n", to_text(history_.today()).c_str());
    std::exit(1);
}

void Province::settle(const std::filesystem::path& units) {
    const Bytes table = must(io::read_file(units, file_bytes_max), "units");
    std::map<std::string, UnitId> by_code;
    std::map<std::string, std::size_t> district_of;
    for (const auto& row : must(client::cli::read_csv(as_text(table)), "units")) {
        const std::string level = row["level"];
        const std::string code = row["code"];
        const UnitId unit = history_.new_id();
        const UnitId parent = level == "province" ? UnitId{} : by_code.at(row["parent_code"]);
        history_.log(history_.founder(), registry_stream,
                     domain::UnitCreated{unit, parent, level, row["kind"], code, row["name_vi"], {}});
        by_code[code] = unit;
        if (level == "province") province = open_office(unit, code, row["name_vi"], "province");
        if (level == "district") {
            district_of[code] = districts.size();
            districts.push_back(open_office(unit, code, row["name_vi"], "district"));
        }
        if (level == "commune") {
            const Post officer = appoint("Cán bộ OCOP " + row["name_vi"], domain::Role::officer, unit);
            communes.push_back({unit, code, row["name_vi"], officer, district_of.at(row["parent_code"])});
        }
    }
}

Post Province::hire(const std::string& title, const UnitId& unit) {
    Post post{history_.new_id(), history_.new_id(), 0};
    const Uuid slip = history_.new_id();
    Post& founder = history_.founder();
    const Instant expires = start_of_day(history_.today()) + slip_life;
    history_.log(founder, registry_stream, domain::AccountCreated{post.account, title, {}, unit});
    history_.log(founder, registry_stream, domain::SlipIssued{slip, {}, post.account, unit, expires});
    history_.log(post, registry_stream, domain::DeviceEnrolled{slip, {}, post.account, {}, {}});
    return post;
}

Post Province::appoint(const std::string& title, domain::Role role, const UnitId& unit) {
    const Post post = hire(title, unit);
    history_.log(history_.founder(), registry_stream,
                 domain::MandateGranted{history_.new_id(), post.account, role, unit, *date_from_text("2023-01-01"), {}, "QĐ 332"});
    return post;
}

domain::Number Province::grant(const Post& post, domain::NumberKind kind, const std::string& pattern) {
    const Uuid block = history_.new_id();
    history_.log(history_.founder(), registry_stream,
                 domain::NumberBlockGranted{block, post.device, kind, pattern, 1, last_number});
    return {block, 1};
}

Office Province::open_office(const UnitId& unit, const std::string& code, const std::string& name, const std::string& stage) {
    using domain::Role;
    using domain::Seat;
    Office office{unit,
                  code,
                  stage,
                  appoint("Tổ tư vấn " + name, Role::adviser, unit),
                  appoint("Thư ký OCOP " + name, Role::secretary, unit),
                  appoint("Lãnh đạo UBND " + name, Role::signer, unit),
                  {},
                  history_.new_id(),
                  {},
                  {}};
    std::vector<domain::CouncilMember> members;
    for (const Seat seat : {Seat::chair, Seat::secretary, Seat::member, Seat::member, Seat::member}) {
        office.seats.push_back(hire("Hội đồng OCOP " + name + " " + std::to_string(office.seats.size() + 1), unit));
        members.push_back({office.seats.back().account, seat});
    }
    history_.log(office.secretary, registry_stream,
                 domain::CouncilEstablished{office.council, unit, stage, "QĐ", history_.today(), members, 3, 10'000});
    office.decision = grant(office.signer, domain::NumberKind::decision, "{}/QĐ-UBND-" + code);
    office.certificate = grant(office.signer, domain::NumberKind::certificate, "{}/GCN-OCOP-" + code);
    return office;
}

}  // namespace hoso::bench
