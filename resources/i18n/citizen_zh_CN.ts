<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Citizen</name>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>诉求</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>关联警情</translation>
    </message>
    <message>
        <source>Call the visitor back</source>
        <translation>电话回访</translation>
    </message>
    <message>
        <source>Check who it is</source>
        <translation>核对身份</translation>
    </message>
    <message>
        <source>Choose one with the arrow keys; N records a new one.</source>
        <translation>用方向键在左侧选择；按 N 登记新的来访。</translation>
    </message>
    <message>
        <source>Chosen visit</source>
        <translation>来访详情</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Correct {number}</source>
        <translation>更正 {number}</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Day, e.g. 11-21</source>
        <translation>日期，如 11-21</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Find a visit</source>
        <translation>查找来访</translation>
    </message>
    <message>
        <source>Give back what was lost or lent</source>
        <translation>归还失物或借用物品</translation>
    </message>
    <message>
        <source>Id number</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Made a call</source>
        <translation>转警情</translation>
    </message>
    <message>
        <source>Make a call</source>
        <translation>转警情</translation>
    </message>
    <message>
        <source>N records the first one.</source>
        <translation>按 N 登记第一条。</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>新登记</translation>
    </message>
    <message>
        <source>No such day; write 2026-11-21 or 11-21</source>
        <translation>没有这一天；请写成 2026-11-21 或 11-21</translation>
    </message>
    <message>
        <source>No visit chosen</source>
        <translation>尚未选择来访</translation>
    </message>
    <message>
        <source>No visit is like that</source>
        <translation>没有符合条件的来访</translation>
    </message>
    <message>
        <source>No visit is recorded yet</source>
        <translation>还没有来访登记</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Number, words, or a whole phone number   Ctrl+F</source>
        <translation>编号、字词或完整电话号码   Ctrl+F</translation>
    </message>
    <message>
        <source>Person blanked</source>
        <translation>清除身份</translation>
    </message>
    <message>
        <source>Person looked at</source>
        <translation>查看身份</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Please keep this receipt; its number finds the visit again.</source>
        <translation>请妥善保存本回执；凭编号可查询办理情况。</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>警务站</translation>
    </message>
    <message>
        <source>Reason for the correction *</source>
        <translation>更正原因 *</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Receipt of a visit</source>
        <translation>群众来访回执</translation>
    </message>
    <message>
        <source>Receipt written</source>
        <translation>打印回执</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Recorded as {number}; P writes its receipt</source>
        <translation>已登记为 {number}；按 P 打印回执</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show person</source>
        <translation>查看身份</translation>
    </message>
    <message>
        <source>Show who came</source>
        <translation>查看来访人信息</translation>
    </message>
    <message>
        <source>Shown for one minute; the look is logged with your name.</source>
        <translation>显示一分钟后恢复隐藏；本次查看已记入日志。</translation>
    </message>
    <message>
        <source>Story of the visit</source>
        <translation>来访经过</translation>
    </message>
    <message>
        <source>The look is logged with your name and the reason.</source>
        <translation>查看行为将连同您的姓名和原因记入日志。</translation>
    </message>
    <message>
        <source>The matter is being dealt with.</source>
        <translation>该事项正在办理。</translation>
    </message>
    <message>
        <source>The person's data were blanked after their term.</source>
        <translation>来访人信息已过保存期限，按规定清除。</translation>
    </message>
    <message>
        <source>The receipt of {number} is written: {file}</source>
        <translation>{number} 的回执已生成：{file}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Visitor</source>
        <translation>来访人</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>来访登记</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>What you had typed before is back; Esc keeps it for later.</source>
        <translation>已恢复上次未登记完的内容；按 Esc 留待以后。</translation>
    </message>
    <message>
        <source>Why, and what stood there</source>
        <translation>原因及原内容</translation>
    </message>
    <message>
        <source>Words are sought in what was asked and done and in the place; a phone or id number only whole. Esc in the field shows all.</source>
        <translation>字词在诉求、办理情况和地点中查找；电话和证件号须输入完整号码。在查找框按 Esc 显示全部。</translation>
    </message>
    <message>
        <source>Write why it is corrected</source>
        <translation>请写明更正原因</translation>
    </message>
    <message>
        <source>became a call</source>
        <translation>已转警情</translation>
    </message>
    <message>
        <source>console</source>
        <translation>指挥台</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>尚未办理</translation>
    </message>
    <message>
        <source>press its digit or letter</source>
        <translation>按数字或字母选择</translation>
    </message>
    <message>
        <source>stays {masked}</source>
        <translation>不填则保持 {masked}</translation>
    </message>
    <message>
        <source>the term for personal data has run out</source>
        <translation>个人信息保存期限已到</translation>
    </message>
    <message>
        <source>today {today}, in all {all}</source>
        <translation>今日 {today} 条，共 {all} 条</translation>
    </message>
    <message>
        <source>{count} visits are exported</source>
        <translation>已导出 {count} 条来访登记</translation>
    </message>
    <message>
        <source>{field} was “{value}”</source>
        <translation>{field}原为“{value}”</translation>
    </message>
    <message>
        <source>{number} is corrected; the former words are kept</source>
        <translation>{number} 已更正，原内容保留备查</translation>
    </message>
    <message>
        <source>{visit} is call {call} now; F1 shows it on the duty desk</source>
        <translation>{visit} 已转为警情 {call}；按 F1 到值班台处置</translation>
    </message>
    <message>
        <source>Read from the card. Only name and number are kept.</source>
        <translation>已从身份证读取，只保存姓名和证件号码。</translation>
    </message>
    <message>
        <source>Read card</source>
        <translation>读身份证</translation>
    </message>
    <message>
        <source>Lay the visitor's identity card on the reader.</source>
        <translation>请把来访人的身份证放到阅读器上。</translation>
    </message>
    <message>
        <source>No card reader is set up; add one on the page Links.</source>
        <translation>尚未配置身份证阅读器；请在“链路”页添加。</translation>
    </message>
    <message>
        <source>No card was read: {why}</source>
        <translation>未读到身份证：{why}</translation>
    </message>
    <message>
        <source>The last card still lies on the reader; lift it first.</source>
        <translation>上一张身份证还在阅读器上，请先拿开。</translation>
    </message>
    <message>
        <source>No card was read in time; lay it down and try again.</source>
        <translation>时限内未读到身份证；请放好后重试。</translation>
    </message>
</context>
</TS>
