#include "client/text/errors.hpp"

namespace hoso::client::errors {

// Errors of a line that cannot be read: the words of the library CLI11, and of fault_of.
constexpr ErrorWords rows[] = {
    {"{} is required.", "Thiếu {}."},
    {"A subcommand is required.", "Thiếu tên lệnh."},
    {"The following argument was not expected: {}.", "Không nhận: {}."},
    {"The following arguments were not expected: {}.", "Không nhận: {}."},
    {"{} requires {}.", "{} cần {}."},
    {"{} excludes {}.", "{} không đi cùng {}."},
    {"{}: {} required {} missing.", "{}: còn thiếu {} giá trị ({})."},
    {"{}: At least {} required but received {}.", "{}: cần ít nhất {}, đã nhận {}."},
    {"{}: At Most {} required but received {}.", "{}: nhiều nhất {}, đã nhận {}."},
    {"Expected exactly {} arguments to {}, got {}.", "Cần đúng {} giá trị cho {}, đã nhận {}."},
    {"Expected at least {} arguments to {}, got {}.", "Cần ít nhất {} giá trị cho {}, đã nhận {}."},
    {"Could not convert: {}.", "Không hiểu: {}."},
    {"{}: too many inputs for a flag.", "{}: không nhận nhiều giá trị."},
    {"{}: Should be true/false or a number.", "{}: phải là true, false hoặc một số."},
    {"{} was given a disallowed flag override.", "{} không nhận giá trị."},
    {"{}: {} not in {}.", "{}: {} không thuộc {}."},
    {"{}: expected a number.", "{}: cần một số nguyên."},
    {"{}: expected a date, YYYY-MM-DD.", "{}: cần một ngày, NĂM-THÁNG-NGÀY."},
    {"{}: expected points with at most two decimals, for example 88,5.",
     "{}: cần số điểm có nhiều nhất hai chữ số lẻ, ví dụ 88,5."},
    {"{}: expected yes or no.", "{}: cần yes hoặc no (có hoặc không)."},
};
const std::span<const ErrorWords> of_command_line = rows;

}  // namespace hoso::client::errors
