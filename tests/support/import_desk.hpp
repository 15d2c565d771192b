#pragma once

#include <set>

#include "tests/support/cli_desk.hpp"

namespace hoso::client {

// A desk of the province, whose officer is its secretary, too, and districts with communes that are called as real ones are.
class ImportDesk : public CliDesk {
protected:
    ImportDesk() : CliDesk("p") {}
    void SetUp() override { settle(at_); }

    static void settle(tests::DeskFolder& at) {
        tests::World& world = at.world;
        world.effective(
            "founder_0", registry_stream,
            domain::MandateGranted{
                world.new_id(), at.slip.account, domain::Role::secretary, world.units.at("p"), world.today(), {}, "for tests"});
        add(world, "150", "p", "district", "Huyện Đà Bắc");
        add(world, "152", "p", "district", "Huyện Lương Sơn");
        add(world, "04867", "150", "commune", "Xã Tú Lý");
        add(world, "04876", "150", "commune", "Xã Cao Sơn");
        add(world, "04957", "152", "commune", "Xã Cao Sơn");
        add(world, "04924", "152", "commune", "Xã Hoà Sơn");
        at.settle();
    }
    static void add(tests::World& world, const std::string& code, const std::string& parent, const std::string& level,
                    const std::string& name, const char* from = "2019-01-01") {
        world.units[code] = world.new_id();
        world.effective(
            "founder_0", registry_stream,
            domain::UnitCreated{world.units[code], world.units.at(parent), level, level, code, name, *date_from_text(from)});
    }
    // The unit ended yesterday; its code is free again.
    static void close(tests::World& world, const std::string& code, const std::vector<domain::Successor>& successors) {
        world.effective("founder_0", registry_stream,
                        domain::UnitClosed{world.units.at(code), world.today() - std::chrono::days(1), successors});
    }

    std::size_t recorded() const { return at_.desk->outbox().size(); }
    // The last answer is the summary, those before it are of rows.
    std::vector<json::object> import(const std::string& what, const std::string& content, int expected = 0,
                                     const std::vector<std::string>& more = {}) {
        std::vector<std::string> args{"import", what, file(content)};
        args.insert(args.end(), more.begin(), more.end());
        return run(args, expected);
    }
    static std::int64_t number(const json::object& from, const char* key) { return from.at(key).to_number<std::int64_t>(); }
    // "new exists refused" of every row.
    static std::string outcomes(const std::vector<json::object>& answers) {
        std::string all;
        for (std::size_t i = 0; i + 1 < answers.size(); ++i) all += (i ? " " : "") + text(answers[i], "outcome");
        return all;
    }
    static std::string why(const std::vector<json::object>& answers, std::size_t row) { return text(answers.at(row), "why"); }
};

inline const std::string subject_headings = "Tên,Loại,Số đăng ký,Đơn vị\n";
inline const std::string product_headings = "Tên,Đơn vị,Bộ sản phẩm,Chủ thể,Loại chủ thể\n";
inline const std::string certificate_headings =
    "Giấy chứng nhận,Sao,Ngày cấp,Tên,Đơn vị,Bộ sản phẩm,Chủ thể,Loại chủ thể,Quyết định,Ngày quyết định,Bộ tiêu chí\n";

}  // namespace hoso::client
